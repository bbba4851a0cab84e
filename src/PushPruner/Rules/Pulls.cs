namespace PushPruner.Rules;

/// <summary>When a manifest was last used, as far as ECR knows.</summary>
static class Pulls
{
    // ECR may note a read a little before or after the product's own clock does.
    static readonly TimeSpan Earlier = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    /// <summary>The last recorded pull; the product's own reading of the manifest, which ECR counts as one, is not a use.</summary>
    public static DateTimeOffset? LastUse(Fact fact) =>
        fact.Manifest.LastPulledAt is { } pulled && fact.Memory.ReadAt is { } read && pulled - read > -Earlier && pulled - read < Later
            ? fact.Memory.PulledBefore
            : fact.Manifest.LastPulledAt;
}
