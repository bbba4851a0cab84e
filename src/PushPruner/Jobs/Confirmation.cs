using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>ECR's word on a proposal, and the rule's verdicts on that word alone.</summary>
/// <param name="Expired">The candidates that may go, the oldest first, each with the revision of its row.</param>
/// <param name="Doubtful">Manifests asked for that are kept only because of doubt.</param>
/// <param name="Contradicted">What ECR says otherwise than the index: these rows need mending.</param>
/// <param name="IsSettled">True when mending these rows would not change the verdicts.</param>
/// <param name="IsCut">True when there may be more candidates than those asked for.</param>
/// <param name="IsComplete">False when so much is gone that only a listing can mend the index.</param>
sealed record Confirmation(
    IReadOnlyList<(Verdict Verdict, long Revision)> Expired,
    IReadOnlyList<Verdict> Doubtful,
    IReadOnlyList<Digest> Contradicted,
    bool IsSettled,
    bool IsCut,
    bool IsComplete)
{
    /// <summary>
    /// Asks ECR for the candidates and for the N that are to outrank them, and decides on its answer. An image's rank is counted among
    /// what ECR has just confirmed, so nothing expires that N live, newer images don't outrank.
    /// </summary>
    public static async Task<Confirmation> AskAsync(Workbench bench, RetentionPolicy policy, Proposal proposal, CancellationToken cancellationToken)
    {
        var candidates = proposal.Candidates.Select(c => c.Digest).ToHashSet();
        var window = proposal.Window.Where(w => !candidates.Contains(w.Digest)).ToDictionary(w => w.Digest, w => w.PushedAt);
        var rows = await bench.Index.ReadRowsAsync(bench.Repository, candidates, cancellationToken);
        var description = await bench.Registry.DescribeAsync(bench.Repository, [.. candidates, .. window.Keys], cancellationToken);

        var now = bench.Now;
        var facts = description.Found.Select(manifest => window.TryGetValue(manifest.Digest, out var provenFor)
            // The index places only proven images in the window: the place is the proof, for that push time.
            ? new Fact(manifest, Memory.None with { ProvenFor = provenFor })
            : Recall.Fact(manifest, rows.GetValueOrDefault(manifest.Digest), push: null, now)).ToList();

        // Verdicts come in the order of the facts.
        var verdicts = Retention.Decide(policy, now, facts, Scope.PartOfRepository);

        var expired = new List<(Verdict Verdict, long Revision)>();
        var contradicted = new List<Digest>(description.Gone);
        var isRankingRight = !description.Gone.Any(window.ContainsKey);
        foreach (var (fact, verdict) in facts.Zip(verdicts))
        {
            if (candidates.Contains(fact.Digest) && verdict.IsExpired && rows.TryGetValue(fact.Digest, out var row))
            {
                expired.Add((verdict, row.Revision));
            }
            else
            {
                var filed = Filing.File(policy, now, fact, IndexRow.Unwritten);
                var isRankRight = filed.RankedAt == RankedAt(fact.Digest);
                if (!isRankRight || (candidates.Contains(fact.Digest) && filed.DueFrom != rows.GetValueOrDefault(fact.Digest)?.DueFrom))
                    contradicted.Add(fact.Digest);
                isRankingRight &= isRankRight;
            }
        }

        return new Confirmation(
            [.. expired.OrderByDescending(e => e.Verdict.Rank)],
            [.. verdicts.Where(v => v.IsDoubt)],
            contradicted,
            IsSettled: description.IsComplete && isRankingRight && (contradicted.Count == 0 || !proposal.IsCut),
            proposal.IsCut,
            description.IsComplete);

        DateTimeOffset? RankedAt(Digest digest) =>
            window.TryGetValue(digest, out var place) ? place : rows.GetValueOrDefault(digest)?.RankedAt;
    }
}
