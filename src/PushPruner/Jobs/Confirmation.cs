using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>ECR's word on a proposal, and the rule's verdicts on that word alone.</summary>
/// <param name="Expired">What may go: images, the oldest first, and what follows them.</param>
/// <param name="Shared">Rows of what follows these images and is kept, because something else owns it as well.</param>
/// <param name="Doubtful">Manifests asked for that are kept only because of doubt.</param>
/// <param name="Misfiled">Rows that ECR's word on an image and its followers makes otherwise, ready to be written.</param>
/// <param name="Departed">What ECR says is gone, each with its row as it was before ECR was asked; null where none could be read.</param>
/// <param name="Contradicted">What ECR says otherwise than the index: it has to be asked for again to be mended.</param>
/// <param name="IsSettled">True when mending these rows would not change the verdicts.</param>
/// <param name="IsCut">True when there may be more candidates than those asked for.</param>
/// <param name="IsSilent">True when ECR passed over something that is to go, or belongs to it: then nothing may go.</param>
/// <param name="IsOutrun">True when something asked for is gone: most likely another run has just deleted it.</param>
/// <param name="IsListingDue">True when so many of the newest are gone that a listing mends the index sooner than one round after another.</param>
sealed record Confirmation(
    IReadOnlyList<Doomed> Expired,
    IReadOnlyList<IndexRow> Shared,
    IReadOnlyList<Verdict> Doubtful,
    IReadOnlyList<IndexRow> Misfiled,
    IReadOnlyDictionary<Digest, IndexRow?> Departed,
    IReadOnlyList<Digest> Contradicted,
    bool IsSettled,
    bool IsCut,
    bool IsSilent,
    bool IsOutrun,
    bool IsListingDue)
{
    const int ManyGone = 4;

    /// <summary>
    /// Asks ECR for the candidates, for what lives and dies with them, and for the N that are to outrank them, and decides on its answer.
    /// An image's rank is counted among what ECR has just confirmed, so nothing expires that N live, newer images don't outrank.
    /// </summary>
    /// <param name="policy">What to decide by.</param>
    /// <param name="filing">What pushes will ask the index by, where one run is ordered another.</param>
    /// <param name="spared">The digest that the event names.</param>
    /// <param name="unreadable">An index of the repository that can't be read.</param>
    public static async Task<Confirmation> AskAsync(
        Workbench bench, RetentionPolicy policy, RetentionPolicy filing, Proposal proposal, Digest? spared, Digest? unreadable, CancellationToken cancellationToken)
    {
        // Rows are read before ECR is asked, so that none is written over that somebody wrote after.
        var candidates = proposal.Candidates.Select(c => c.Digest).ToHashSet();
        var closure = await Closure.OfAsync(bench, candidates, cancellationToken);
        var ours = candidates.Concat(closure.Followers).ToHashSet();
        var window = proposal.Window.Where(w => !ours.Contains(w.Digest)).ToDictionary(w => w.Digest, w => w.PushedAt);
        var asked = ours.Concat(closure.Owners).Concat(window.Keys).ToHashSet();
        var gone = (await FindGoneAsync(bench, proposal.LastOwners, cancellationToken)).ToHashSet();
        var description = await bench.Registry.DescribeAsync(bench.Repository, asked, cancellationToken);

        var now = bench.Now;
        // An owner that isn't among these is asked for only to learn whether it is there.
        var facts = description.Found.Where(m => ours.Contains(m.Digest) || window.ContainsKey(m.Digest)).Select(manifest => window.TryGetValue(manifest.Digest, out var provenFor)
            // The index places only proven images in the window: the place is the proof, for that push time, and that what it names is known.
            ? new Fact(manifest, Memory.None with { ProvenFor = provenFor, Members = DigestSet.Empty })
            : closure.Recall(manifest, now) with { IsSpared = manifest.Digest == spared }).ToList();

        // Verdicts come in the order of the facts.
        gone.UnionWith(closure.Gone);
        gone.UnionWith(description.Gone);
        var verdicts = Retention.Decide(policy, now, facts, Scope.PartOfRepository, gone, unreadable);

        // Of a group of which a part was passed over nobody knows what protects it.
        var isSilent = ours.Except(gone).Except(facts.Select(f => f.Digest)).Any();
        var expired = verdicts.Where(v => v.IsExpired && !isSilent && ours.Contains(v.Digest)).ToDictionary(v => v.Digest);

        var naming = closure.Naming;

        // The row of an owner that is gone stays for as long as something is left to delete after it: nothing else leads there.
        var leadsOn = facts.Where(f => expired.ContainsKey(f.Digest) || f.IsSpared)
            .SelectMany(f => f.Memory.Owners.Concat(ReferrerTag.AllSubjectsOf(f.Manifest)).Concat(naming[f.Digest]))
            .ToHashSet();
        var misfiled = new List<IndexRow>();
        var shared = new List<IndexRow>();
        var departed = description.Gone.Where(d => ours.Contains(d) && !leadsOn.Contains(d)).ToDictionary(d => d, closure.Rows.GetValueOrDefault);
        // Those of the window have a place, but their rows weren't read.
        var contradicted = description.Gone.Where(window.ContainsKey).ToList();
        var goneOfWindow = description.Gone.Count(window.ContainsKey);
        var isRankingRight = goneOfWindow == 0;
        foreach (var (fact, verdict) in facts.Zip(verdicts).Where(f => !expired.ContainsKey(f.First.Digest) && f.Second.Group?.IsSpared != true))
        {
            var isCandidate = candidates.Contains(fact.Digest);
            var row = closure.Rows.GetValueOrDefault(fact.Digest);
            var filed = Refile(filing, now, fact, row, verdict, gone, isCandidate);
            var isRankRight = !(isCandidate || window.ContainsKey(fact.Digest))
                || filed.RankedAt == (window.TryGetValue(fact.Digest, out var place) ? place : row?.RankedAt);
            isRankingRight &= isRankRight;

            if (row is not null && closure.Followers.Contains(fact.Digest))
                shared.Add(row with { Memory = filed.Memory });
            if (row is not null && (!filed.Memory.Owners.Equals(row.Memory.Owners) || (isCandidate && !(isRankRight && filed.DueFrom == row.DueFrom))))
                misfiled.Add(filed);
            else if (row is null && (!isRankRight || ours.Contains(fact.Digest)))
                contradicted.Add(fact.Digest);
        }

        bench.Invocation.Tally.NoteContradicted(
            departed.Keys.Concat(contradicted).Concat(misfiled.Where(filed => !Filing.DiffersInPlaceAlone(closure.Rows[filed.Digest], filed)).Select(filed => filed.Digest)));
        var isMended = misfiled.Count == 0 && departed.Count == 0 && contradicted.Count == 0;
        return new Confirmation(
            [.. expired.Values.OrderByDescending(v => v.Rank ?? -1).Select(v => new Doomed(v, closure.Rows.GetValueOrDefault(v.Digest), OwnersAmong(expired, closure, naming, v), policy))],
            shared,
            [.. verdicts.Where(v => v.IsDoubt)],
            misfiled,
            departed,
            contradicted,
            IsSettled: description.IsComplete && isRankingRight && (isMended || !proposal.IsCut),
            proposal.IsCut,
            isSilent,
            IsOutrun: departed.Count > 0 || goneOfWindow > 0,
            IsListingDue: !description.IsComplete || goneOfWindow >= ManyGone);
    }

    static async Task<IEnumerable<Digest>> FindGoneAsync(Workbench bench, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) =>
        digests.Count == 0 ? [] : await bench.Registry.FindGoneAsync(bench.Repository, digests, cancellationToken);

    // ECR's word on a manifest and its kin as a row. What stands in doubt takes no place, or every push would look at it again.
    static IndexRow Refile(
        RetentionPolicy policy, DateTimeOffset now, Fact fact, IndexRow? row, Verdict verdict, HashSet<Digest> gone, bool isCandidate)
    {
        var owners = fact.Memory.Owners.Any(gone.Contains) ? new DigestSet(fact.Memory.Owners.Where(o => !gone.Contains(o))) : fact.Memory.Owners;
        var left = fact with { Memory = fact.Memory with { Owners = owners } };
        var revision = row?.Revision ?? IndexRow.Unwritten;
        return isCandidate ? Filing.File(policy, now, left, revision, verdict) : Filing.File(policy, now, left, revision, verdict.Group);
    }

    // From both sides: the row of a member may have been lost and made anew since its index was read.
    static IReadOnlyList<Digest> OwnersAmong(Dictionary<Digest, Verdict> expired, Closure closure, ILookup<Digest, Digest> naming, Verdict verdict)
    {
        var known = closure.Rows.GetValueOrDefault(verdict.Digest)?.Memory.Owners ?? DigestSet.Empty;
        return [.. known.Concat(naming[verdict.Digest]).Concat(ReferrerTag.AllSubjectsOf(verdict.Manifest)).Where(o => o != verdict.Digest && expired.ContainsKey(o)).Distinct()];
    }
}
