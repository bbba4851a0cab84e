using System.Runtime.InteropServices;

namespace PushPruner.Rules;

/// <summary>The latest thing that happened to a manifest, from which its age counts.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Activity(DateTimeOffset At, ActivityKind Kind)
{
    /// <summary>Of two at the same instant the push comes first, then the restore.</summary>
    public static Activity LatestOf(KnownManifest known)
    {
        var latest = new Activity(known.Manifest.PushedAt ?? DateTimeOffset.MinValue, ActivityKind.Push);
        if (known.Manifest.LastActivatedAt is { } activated && activated > latest.At)
            latest = new(activated, ActivityKind.Restore);
        if (known.History.PromotedAt is { } promoted && promoted > latest.At)
            latest = new(promoted, ActivityKind.Promotion);
        return latest;
    }
}
