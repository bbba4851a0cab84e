namespace PushPruner.Rules;

/// <summary>
/// A manifest of the repository that may name anything: a manifest list that can't be read, or a manifest of an unknown type.
/// Any untagged manifest may be its member, so those are neither counted nor deleted.
/// </summary>
/// <param name="Digest">The manifest that can't be read.</param>
/// <param name="Until">
/// Members of an archived list were pushed before it: the doubt covers what was pushed until then. Null covers every untagged manifest.
/// </param>
public sealed record UnreadableList(Digest Digest, DateTimeOffset? Until)
{
    /// <summary>The one that covers the most; null when all could be read.</summary>
    /// <param name="settleTime">How long after its push a list may have been the last of its members.</param>
    public static UnreadableList? WidestOf(IEnumerable<KnownManifest> knownManifests, TimeSpan settleTime)
    {
        UnreadableList? widest = null;
        foreach (var known in knownManifests)
        {
            if (known.IsUnreadable)
                widest = Wider(widest, Of(known, settleTime));
        }

        return widest;
    }

    /// <summary>Of the same reach the smaller digest, so that the same one is named each time.</summary>
    public static UnreadableList? Wider(UnreadableList? a, UnreadableList? b)
    {
        if (a is null || b is null)
            return a ?? b;

        var byReach = (a.Until ?? DateTimeOffset.MaxValue).CompareTo(b.Until ?? DateTimeOffset.MaxValue);
        return byReach > 0 || (byReach == 0 && a.Digest < b.Digest) ? a : b;
    }

    /// <summary>True when this manifest may be a member of the list.</summary>
    public bool MayName(Manifest manifest)
    {
        return manifest.Digest != Digest && manifest.Tags.Count == 0 && CoversPushAt(manifest.PushedAt);
    }

    /// <summary>True when a member of the list may have been pushed then; also where it isn't known when.</summary>
    public bool CoversPushAt(DateTimeOffset? pushedAt) => Until is not { } until || pushedAt is not { } at || at <= until;

    // ECR doesn't return the bytes of what is archived, and a lifecycle rule may archive a list for good.
    static UnreadableList Of(KnownManifest known, TimeSpan settleTime) => new(
        known.Digest,
        known.Manifest is { Status: ManifestStatus.Archived or ManifestStatus.Activating, PushedAt: { } pushedAt }
            ? pushedAt + settleTime
            : null);
}
