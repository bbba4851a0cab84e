namespace PushPruner.Cli.Layers;

/// <summary>What is stored when each layer and each config is counted once.</summary>
/// <param name="Stored">Bytes.</param>
/// <param name="Freed">Bytes of those that no kept manifest needs.</param>
/// <param name="UnreadKept">Kept manifests that couldn't be read: they may need some of what is counted as freed.</param>
/// <param name="UnreadExpired">Expired manifests that couldn't be read: they may free more.</param>
sealed record LayerSums(long Stored, long Freed, long Read, long UnreadKept, long UnreadExpired)
{
    public static LayerSums None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Whether a repository that is not counted in here may need what is counted as freed.</summary>
    public bool MayBeShared { get; init; }

    public long Unread => UnreadKept + UnreadExpired;

    /// <summary>How far <see cref="Stored"/> can be relied on: what was not read is stored as well.</summary>
    public Bound StoredIs => Unread > 0 ? Bound.AtLeast : Bound.Exact;

    /// <summary>How far <see cref="Freed"/> can be relied on.</summary>
    public Bound FreedIs => (UnreadKept > 0 || MayBeShared, UnreadExpired > 0) switch
    {
        (true, true) => Bound.About,
        (true, _) => Bound.AtMost,
        (_, true) => Bound.AtLeast,
        _ => Bound.Exact,
    };

    public Quantity StoredBytes => new(Stored, StoredIs);

    public Quantity FreedBytes => new(Freed, FreedIs);

    public static LayerSums operator +(LayerSums a, LayerSums b) =>
        new(a.Stored + b.Stored, a.Freed + b.Freed, a.Read + b.Read, a.UnreadKept + b.UnreadKept, a.UnreadExpired + b.UnreadExpired);
}

/// <summary>The layers of all repositories that were looked at.</summary>
/// <param name="Missing">Repositories of which no manifest could be read; nothing of them is counted.</param>
/// <param name="IsWholeRegistry">Whether every repository of the registry was looked at and counted.</param>
sealed record LayerTotal(LayerSums Sums, BlobMounting Mounting, int Missing, bool IsWholeRegistry)
{
    public Bound StoredIs => Missing > 0 ? Sums.StoredIs.And(Bound.AtLeast) : Sums.StoredIs;

    public Bound FreedIs
    {
        get
        {
            var sums = Sums with { MayBeShared = Mounting == BlobMounting.Unknown || (Mounting == BlobMounting.On && !IsWholeRegistry) };
            return Missing > 0 ? sums.FreedIs.And(Bound.AtLeast) : sums.FreedIs;
        }
    }

    public Quantity StoredBytes => new(Sums.Stored, StoredIs);

    public Quantity FreedBytes => new(Sums.Freed, FreedIs);

    /// <summary>How a layer is counted, in a sentence.</summary>
    public string Counting => Mounting switch
    {
        BlobMounting.On when IsWholeRegistry =>
            "Each layer is counted once for the registry, because blob mounting is on (BLOB_MOUNTING); a row counts it once for its "
                + "repository.",
        BlobMounting.On => "Each layer is counted once, because blob mounting is on (BLOB_MOUNTING)."
            + " A repository that was not counted here may need some of what is counted as freed.",
        BlobMounting.Off => "Each layer is counted once a repository.",
        _ => "Each layer is counted once a repository. If blob mounting (BLOB_MOUNTING) is on,"
            + " ECR stores it once for the registry, and less is stored and freed.",
    };
}
