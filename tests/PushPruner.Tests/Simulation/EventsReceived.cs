namespace PushPruner.Tests.Simulation;

/// <summary>What the product has surely been told by now, and since when an image can't count as active any more.</summary>
sealed class EventsReceived
{
    readonly Dictionary<string, DateTimeOffset> touched = new(StringComparer.Ordinal);
    readonly HashSet<string> told = new(StringComparer.Ordinal);
    readonly HashSet<string> unsure = new(StringComparer.Ordinal);

    /// <summary>The last change of which no event was handled.</summary>
    public DateTimeOffset UnheardAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>It is pushed, tagged, or an event of it arrives: a promotion counts from then at most.</summary>
    public void Touch(string digest, DateTimeOffset now) => touched[digest] = now;

    /// <summary>It is pushed, perhaps again: what the product was told of it before is over.</summary>
    public void Push(string digest, DateTimeOffset now)
    {
        told.Remove(digest);
        Touch(digest, now);
    }

    /// <summary>An event of it was handled to the end.</summary>
    public void Tell(string digest) => told.Add(digest);

    /// <summary>An event of it is lost: a run that sees the tag one day takes it for as new as that day.</summary>
    public void Lose(string digest, DateTimeOffset now)
    {
        unsure.Add(digest);
        UnheardAt = now;
    }

    /// <summary>The index is lost.</summary>
    public void Forget(DateTimeOffset now)
    {
        told.Clear();
        UnheardAt = now;
    }

    public bool IsTold(string digest) => told.Contains(digest) && !unsure.Contains(digest);

    public bool IsUnsure(string digest) => unsure.Contains(digest);

    public DateTimeOffset? TouchedAt(string digest) => touched.TryGetValue(digest, out var at) ? at : null;
}
