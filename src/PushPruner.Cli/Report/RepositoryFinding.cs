namespace PushPruner.Cli.Report;

/// <summary>The numbers of one repository, or of several together.</summary>
sealed record RepositoryFinding(string Name)
{
    public int Images { get; init; }

    public int Expired { get; init; }

    public int Doubts { get; init; }

    public Quantity Stored { get; init; }

    public Quantity Freed { get; init; }

    /// <summary>Whether layers were to be counted, and not one of its manifests could be read: nobody knows its bytes.</summary>
    public bool IsUncounted { get; init; }

    /// <summary>Whether a run would delete nothing of it, because more of its images are expired than it may delete.</summary>
    public bool IsHalted { get; init; }

    /// <summary>Why nothing of it may be deleted, whatever its images are; null when something may.</summary>
    public string? KeepsEverything { get; init; }

    /// <summary>Why it couldn't be looked at; then no number is known.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// The first part of its name, which is a team's or a product's in most registries; empty where the name has one part only.
    /// </summary>
    public string Team => Name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? Name[..slash] : "";

    /// <param name="isCounted">Whether layers were to be counted.</param>
    /// <param name="layers">Null where they were not, or could not be read.</param>
    public static RepositoryFinding Of(RepositorySnapshot snapshot, bool isCounted, LayerSums? layers, int maxDeletes)
    {
        var expired = snapshot.Expired.ToList();
        var images = expired.Count(v => !v.IsFollower);
        return new RepositoryFinding(snapshot.Repository)
        {
            Images = snapshot.Images.Count(),
            Expired = images,
            Doubts = snapshot.Images.Count(v => v.IsDoubt),
            Stored = isCounted
                ? layers?.StoredBytes ?? default
                : Quantity.OfImages(snapshot.Manifests.Values.Sum(f => f.Manifest.OwnBytes)),
            Freed = isCounted ? layers?.FreedBytes ?? default : Quantity.OfImages(expired.Sum(v => v.Manifest.OwnBytes)),
            IsUncounted = isCounted && layers is null && snapshot.Manifests.Count > 0,
            IsHalted = images > maxDeletes,
            KeepsEverything = snapshot.KeepsEverything,
        };
    }

    /// <summary>Several as one. Where repositories share layers, the sum is a bound as well.</summary>
    public static RepositoryFinding Sum(string name, IReadOnlyCollection<RepositoryFinding> all) => new(name)
    {
        Images = all.Sum(r => r.Images),
        Expired = all.Sum(r => r.Expired),
        Doubts = all.Sum(r => r.Doubts),
        Stored = Sum(all, r => r.Stored),
        Freed = Sum(all, r => r.Freed),
    };

    static Quantity Sum(IReadOnlyCollection<RepositoryFinding> all, Func<RepositoryFinding, Quantity> of)
    {
        var bound = all.Select(r => of(r).Bound).Aggregate(Bound.Exact, Bounds.And);
        return new(all.Sum(r => of(r).Bytes), all.Any(r => r.IsUncounted) ? bound.And(Bound.AtLeast) : bound);
    }
}
