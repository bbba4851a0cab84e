using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Referrers by tag whose subject isn't in the repository: they may go only where it once was here.</summary>
static class LoneReferrers
{
    /// <summary>Of what such referrers name, that which a tombstone says was here and is gone, whoever deleted it.</summary>
    public static async Task<IReadOnlySet<Digest>> FindBuriedSubjectsAsync(
        Workbench bench, IReadOnlyDictionary<Digest, Fact> facts, CancellationToken cancellationToken)
    {
        var subjects = facts.Values.Where(f => f.Manifest.Subject is null)
            .SelectMany(f => ReferrerTag.SubjectsOf(f.Manifest))
            .Where(s => !facts.ContainsKey(s))
            .ToHashSet();
        return subjects.Count == 0 ? subjects : (await bench.Index.FindTombstonesAsync(bench.Repository, subjects, cancellationToken)).Keys.ToHashSet();
    }
}
