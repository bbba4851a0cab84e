namespace PushPruner.Rules;

/// <summary>When a manifest was last used, as far as ECR knows.</summary>
static class Pulls
{
    // The two clocks differ by little, and the call takes seconds at most. A deployment often pulls within the minute after a push, which
    // is when the product reads: what comes later than this is a use. In doubt a pull counts as a use, which only keeps.
    static readonly TimeSpan Earlier = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Later = TimeSpan.FromSeconds(10);

    /// <summary>The last recorded pull; the product's own reading of the manifest, which ECR counts as one, is not a use.</summary>
    public static DateTimeOffset? LastUse(KnownManifest known) =>
        known.Manifest.LastPulledAt is { } pulled && known.History.ReadAt is { } read && pulled - read > -Earlier && pulled - read < Later
            ? known.History.PulledBefore
            : known.Manifest.LastPulledAt;
}
