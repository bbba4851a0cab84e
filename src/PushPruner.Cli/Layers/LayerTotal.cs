namespace PushPruner.Cli.Layers;

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
