using PushPruner.Jobs;

namespace PushPruner.Listing;

/// <summary>Referrers by tag whose subject isn't in the repository: they may be deleted only if it once was in the repository.</summary>
static class LoneReferrers
{
    /// <summary>What such referrers name, and a row or a tombstone says was in the repository, no matter who deleted it.</summary>
    public static async Task<IReadOnlySet<Digest>> FindLostSubjectsAsync(
        RunContext run,
        IReadOnlyDictionary<Digest, KnownManifest> knownManifests,
        IReadOnlyDictionary<Digest, IndexRow> rows,
        CancellationToken cancellationToken)
    {
        var absent = knownManifests.Values.Where(f => f.Manifest.Subject is null)
            .SelectMany(f => ReferrerTag.SubjectsOf(f.Manifest))
            .Where(s => !knownManifests.ContainsKey(s))
            .ToHashSet();

        // A row without a push time only says who names it.
        var lost = absent.Where(s => rows.GetValueOrDefault(s)?.PushedAt is not null).ToHashSet();
        absent.ExceptWith(lost);
        if (absent.Count > 0)
            lost.UnionWith((await run.Index.FindTombstonesAsync(run.Repository, absent, cancellationToken)).Keys);
        return lost;
    }
}
