namespace PushPruner.Policies;

/// <summary>
/// The rule's numbers for one repository. An image expires when it is outranked by <see cref="KeepNewest"/> newer images and older
/// than <see cref="KeepFor"/>, unless a tag protects it or it was pulled lately.
/// </summary>
public sealed record RetentionPolicy
{
    /// <summary>N: how many of the newest images stay whatever their age; 1 to 1,000.</summary>
    public int KeepNewest { get; init; } = 10;

    /// <summary>X: how long every image stays whatever its rank. Exactly this old is kept.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>A tag that any of these matches protects its image.</summary>
    public WildcardSet ProtectTags { get; init; } = WildcardSet.None;

    /// <summary>How long a pull keeps an image, a day of lag not counted; zero is off.</summary>
    public TimeSpan KeepPulledFor { get; init; } = TimeSpan.Zero;

    /// <summary>How long a manifest must have been in the repository before a listing can prove that nothing names it.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMinutes(60);
}
