namespace PushPruner.Cli.Plan.Layers;

/// <summary>What is stored when each layer and each config is counted once a repository.</summary>
/// <param name="Stored">Bytes.</param>
/// <param name="Freed">Bytes of those that no kept manifest needs.</param>
/// <param name="UnreadKept">Kept manifests that couldn't be read: they may need some of what is counted as freed.</param>
/// <param name="UnreadExpired">Expired manifests that couldn't be read: they may free more.</param>
sealed record LayerSums(long Stored, long Freed, long Read, long UnreadKept, long UnreadExpired)
{
    public static LayerSums None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>True when nothing could be read where there is something.</summary>
    public bool IsUnknown => Read == 0 && Unread > 0;

    public long Unread => UnreadKept + UnreadExpired;

    public static LayerSums operator +(LayerSums a, LayerSums b) =>
        new(a.Stored + b.Stored, a.Freed + b.Freed, a.Read + b.Read, a.UnreadKept + b.UnreadKept, a.UnreadExpired + b.UnreadExpired);
}
