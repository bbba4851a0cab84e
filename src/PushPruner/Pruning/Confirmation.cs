using PushPruner.Deleting;
using PushPruner.Jobs;

namespace PushPruner.Pruning;

/// <summary>The rule's verdicts on ECR's own answer about candidates: the only source of deletes.</summary>
/// <param name="Expired">What may be deleted: images, the oldest first, and what follows them.</param>
/// <param name="Exempt">Images that only an exemption keeps: they count against a halt like the expired ones.</param>
/// <param name="Doubtful">Manifests that are kept only because of doubt.</param>
/// <param name="Corrections">Rows of the index that ECR's answer contradicts.</param>
/// <param name="AskedAt">When the first of what it relies on was asked for: ECR, or the repository's overrides.</param>
/// <param name="Gone">What ECR says it doesn't have.</param>
sealed record Confirmation(
    ConfirmationState State,
    IReadOnlyList<ConfirmedDelete> Expired,
    IReadOnlyList<Verdict> Exempt,
    IReadOnlyList<Verdict> Doubtful,
    RowCorrections Corrections,
    DateTimeOffset AskedAt,
    IReadOnlySet<Digest> Gone)
{
    // A delete may rely on ECR's answer for this long: what CI pushes or tags in the meantime isn't in it.
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    const int ManyGone = 4;

    /// <summary>True while a delete that is sent now may rely on it. A clock that was set back says nothing.</summary>
    public bool IsFresh(DateTimeOffset now) => now >= AskedAt && now - AskedAt <= Freshness;

    /// <summary>Asks the index and ECR, and decides.</summary>
    public static async Task<Confirmation> AskAsync(
        RunContext run, Candidates candidates, ConfirmationTerms terms, CancellationToken cancellationToken)
    {
        var answer = await ConfirmationQuery.AskAsync(run, candidates, terms.Push, cancellationToken);
        var confirmation = Decide(answer, terms, candidates.IsCut);
        run.Invocation.Counters.NoteContradicted(confirmation.Corrections.Contradictions);
        return confirmation;
    }

    /// <summary>
    /// Decides on ECR's answer alone. An image's rank is counted among the images in that answer, so an image is expired only if N live,
    /// newer images outrank it.
    /// </summary>
    static Confirmation Decide(ConfirmationAnswer answer, ConfirmationTerms terms, bool isCut)
    {
        var groups = answer.Groups;
        var known = answer.KnownManifests();
        var verdicts = Retention.Decide(
            terms.Policy, answer.At, known, Scope.PartOfRepository, answer.Gone, terms.Unreadable);

        var isUnanswered = groups.CandidatesAndFollowers.Except(answer.Gone).Except(known.Select(k => k.Digest)).Any();
        var expired = isUnanswered ? [] : verdicts.Where(v => v.IsExpired && groups.CandidatesAndFollowers.Contains(v.Digest)).ToList();
        var digests = expired.Select(v => v.Digest).ToHashSet();
        var corrections = RowCorrections.Of(answer, [.. known.Zip(verdicts)], digests, terms.RowPolicy);

        return new Confirmation(
            isUnanswered ? ConfirmationState.Unanswered : StateOf(answer, corrections, isCut),
            [.. expired.OrderByDescending(v => v.Rank ?? -1).Select(v => Confirm(v, digests, answer, terms.Policy))],
            [.. verdicts.Where(v => v.IsExempt && groups.CandidatesAndFollowers.Contains(v.Digest))],
            [.. verdicts.Where(v => v.IsDoubt)],
            corrections,
            terms.OverridesReadAt < answer.AskedAt ? terms.OverridesReadAt : answer.AskedAt,
            answer.Gone);
    }

    static ConfirmationState StateOf(ConfirmationAnswer answer, RowCorrections corrections, bool isCut)
    {
        var isComplete = answer.Description.IsComplete;
        if (isComplete && corrections.IsRankingRight && (corrections.IsEmpty || !isCut))
            return ConfirmationState.Settled;

        return !isComplete || answer.GoneOfWindow >= ManyGone ? ConfirmationState.ListingDue : ConfirmationState.RowsWrong;
    }

    static ConfirmedDelete Confirm(Verdict verdict, HashSet<Digest> expired, ConfirmationAnswer answer, RetentionPolicy policy)
    {
        // Owners that are deleted as well. From both sides: a member's row may have been lost and written again since its list was read.
        var owners = answer.Groups.OwnersOf(verdict.Manifest).Where(owner => owner != verdict.Digest && expired.Contains(owner));
#pragma warning disable RS0030 // Do not use banned APIs: this is the one place that may
        return new ConfirmedDelete(answer, verdict, [.. owners], policy);
#pragma warning restore RS0030
    }
}
