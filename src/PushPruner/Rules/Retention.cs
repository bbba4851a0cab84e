using System.Collections.Frozen;

namespace PushPruner.Rules;

/// <summary>
/// The rule. An image is expired when it is outranked by N newer images and older than X, and nothing else keeps it; what belongs to it
/// shares its fate. A pure function: the push, the reconcile, the dry run and the command line decide with this, and nothing decides beside
/// it.
/// </summary>
public static class Retention
{
    /// <summary>
    /// Gives a verdict on each manifest, in the order given, ranked among the manifests given. Where these are only a part of the
    /// repository, a rank is too low rather than too high, and an owner that isn't among them is taken to be there: the verdicts err on the
    /// side of keeping.
    /// </summary>
    /// <param name="knownManifests">Each manifest once; a digest given twice would count twice.</param>
    /// <param name="scope">Whether the manifests are all of the repository.</param>
    /// <param name="gone">Manifests that were here and are gone, as far as that is known.</param>
    /// <param name="unreadable">A manifest list of the repository that can't be read, whether it is among the manifests or not.</param>
    /// <exception cref="ArgumentException">A digest occurs twice among the manifests.</exception>
    public static IReadOnlyList<Verdict> Decide(
        RetentionPolicy policy,
        DateTimeOffset now,
        IEnumerable<KnownManifest> knownManifests,
        Scope scope,
        IReadOnlySet<Digest>? gone = null,
        UnreadableList? unreadable = null)
    {
        var table = new KnownManifests(knownManifests);
        new Decision(policy, now, table, scope, gone ?? FrozenSet<Digest>.Empty, unreadable).Decide();
        return [.. table.Rows.Select(row => row.Verdict!)];
    }

    /// <summary>The tag that protects a manifest and the pattern it matches; null when none does.</summary>
    public static string? Protection(RetentionPolicy policy, Manifest manifest)
    {
        for (var n = 0; n < manifest.Tags.Count; n++)
        {
            if (policy.ProtectTags.FirstMatch(manifest.Tags[n]) is { } pattern)
                return $"tag {manifest.Tags[n]} matches {pattern}";
        }

        return null;
    }
}
