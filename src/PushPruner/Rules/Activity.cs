using System.Runtime.InteropServices;

namespace PushPruner.Rules;

/// <summary>The latest thing that happened to a manifest, from which its age counts.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Activity(DateTimeOffset At, ActivityKind Kind)
{
    /// <summary>Of two at the same instant the push goes first, then the restore.</summary>
    public static Activity LatestOf(KnownManifest fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var latest = new Activity(fact.Manifest.PushedAt ?? DateTimeOffset.MinValue, ActivityKind.Push);
        if (fact.Manifest.LastActivatedAt is { } activated && activated > latest.At)
            latest = new(activated, ActivityKind.Restore);
        if (fact.History.PromotedAt is { } promoted && promoted > latest.At)
            latest = new(promoted, ActivityKind.Promotion);
        return latest;
    }
}
