namespace PushPruner.Cli.Snapshots;

/// <summary>When each manifest that goes would have gone, had the policy held all along.</summary>
sealed class ExpiryTimes
{
    readonly RepositorySnapshot snapshot;
    readonly Func<Digest, DateTimeOffset?>? heldUntil;
    readonly Dictionary<Digest, Verdict> expired;
    readonly Dictionary<(string? Kind, int Rank), DateTimeOffset> pushes;
    readonly Dictionary<Digest, DateTimeOffset> known = [];

    /// <param name="heldUntil">Until when a tag protected what bears it no more, where that is known.</param>
    public ExpiryTimes(RepositorySnapshot snapshot, Func<Digest, DateTimeOffset?>? heldUntil = null)
    {
        this.snapshot = snapshot;
        this.heldUntil = heldUntil;
        expired = snapshot.Expired.ToDictionary(v => v.Digest);
        pushes = snapshot.Verdicts
            .Where(v => v.Rank is not null)
            .ToDictionary(v => (v.Kind, v.Rank!.Value), v => v.Manifest.PushedAt!.Value);
    }

    /// <summary>Null for what stays.</summary>
    public DateTimeOffset? Of(Digest digest)
    {
        if (!expired.TryGetValue(digest, out var verdict))
            return null;
        if (known.TryGetValue(digest, out var found))
            return found;

        // Before its owners are asked: where they run in a circle, the way ends here.
        known[digest] = Aged(verdict);
        var when = verdict.IsFollower ? WithItsOwners(verdict) : Outranked(verdict);
        // A signature may have come after its subject would have gone.
        return known[digest] = Within(Earliest(verdict) ?? when, when);
    }

    DateTimeOffset? Earliest(Verdict verdict)
    {
        if (heldUntil is null || verdict.IsFollower)
            return verdict.Manifest.PushedAt;

        var held = snapshot.GroupOf(verdict.Digest).Max(m => heldUntil(m.Digest));
        return held > verdict.Manifest.PushedAt ? held : verdict.Manifest.PushedAt;
    }

    DateTimeOffset Within(DateTimeOffset earliest, DateTimeOffset when)
    {
        when = when < earliest ? earliest : when;
        return when > snapshot.At ? snapshot.At : when;
    }

    DateTimeOffset Outranked(Verdict verdict)
    {
        var aged = Aged(verdict);
        return
            verdict.Rank is { } rank && pushes.TryGetValue((verdict.Kind, rank - snapshot.Policy.KeepNewest), out var push) && push > aged
            ? push
            : aged;
    }

    DateTimeOffset WithItsOwners(Verdict verdict) => snapshot.OwnersOf(verdict.Digest).Select(Of).Max() ?? Aged(verdict);

    DateTimeOffset Aged(Verdict verdict)
    {
        // With its uses: what was pulled was there until then, and what the pull kept it for. A lone referrer or a left-over part has no
        // group.
        var group = verdict.Group ?? ImageGroup.Of(snapshot.Policy, snapshot.Manifests[verdict.Digest], snapshot.At);
        var from = group.DueFrom(snapshot.Policy, snapshot.At) ?? verdict.Manifest.PushedAt ?? snapshot.At;
        // Exactly X days old is kept.
        return snapshot.At - from <= snapshot.Policy.KeepFor ? snapshot.At : from + snapshot.Policy.KeepFor + TimeSpan.FromTicks(1);
    }
}
