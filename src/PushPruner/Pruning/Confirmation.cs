using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Recording;
using PushPruner.Rules;

namespace PushPruner.Pruning;

/// <summary>ECR's answer on a proposal, and the rule's verdicts on that answer alone.</summary>
/// <param name="Expired">What may be deleted: images, the oldest first, and what follows them.</param>
/// <param name="Exempt">Images that only an exemption keeps: they count against a halt as the expired ones do.</param>
/// <param name="Shared">Rows of what follows these images and is kept, because something else owns it as well.</param>
/// <param name="Doubtful">Manifests asked for that are kept only because of doubt.</param>
/// <param name="StaleRows">Rows that ECR's answer on an image and its followers makes otherwise, ready to be written.</param>
/// <param name="Departed">What ECR says is gone, each with its row as it was before ECR was asked; null where none could be read.</param>
/// <param name="Contradicted">What ECR says otherwise than the index: it has to be asked for again to be corrected.</param>
/// <param name="IsSettled">True when correcting these rows would not change the verdicts.</param>
/// <param name="IsCut">True when there may be more candidates than those asked for.</param>
/// <param name="IsSilent">True when ECR passed over something that is to be deleted, or belongs to it: then nothing may be.</param>
/// <param name="IsContended">True when something asked for is gone: most likely another run has just deleted it.</param>
/// <param name="IsListingDue">
/// True when so many of the newest are gone that a listing corrects the index sooner than one round after another.
/// </param>
/// <param name="AskedAt">When the first of what it rests on was asked for: ECR, or the repository's overrides.</param>
/// <param name="Gone">What ECR says it doesn't have.</param>
sealed record Confirmation(
    IReadOnlyList<ConfirmedDelete> Expired,
    IReadOnlyList<Verdict> Exempt,
    IReadOnlyList<IndexRow> Shared,
    IReadOnlyList<Verdict> Doubtful,
    IReadOnlyList<IndexRow> StaleRows,
    IReadOnlyDictionary<Digest, IndexRow?> Departed,
    IReadOnlyList<Digest> Contradicted,
    bool IsSettled,
    bool IsCut,
    bool IsSilent,
    bool IsContended,
    bool IsListingDue,
    DateTimeOffset AskedAt,
    IReadOnlySet<Digest> Gone)
{
    // As long as a delete may rely on ECR's answer: what CI pushes or tags in the meantime isn't in it.
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    const int ManyGone = 4;

    /// <summary>True while a delete that is sent now may rely on it.</summary>
    public bool IsFresh(DateTimeOffset now) => now - AskedAt <= Freshness;

    /// <summary>
    /// Asks ECR for the candidates, for what is kept and deleted together with them, and for the N of each stream that are to outrank them,
    /// and decides on its answer. A rank is counted among what ECR has just confirmed, so nothing expires that N live, newer images don't
    /// outrank.
    /// </summary>
    /// <param name="policy">What to decide by.</param>
    /// <param name="rowPolicy">What pushes will ask the index by, where one run is ordered another.</param>
    /// <param name="push">The event being handled: what it names is spared.</param>
    /// <param name="unreadable">A manifest list of the repository that can't be read.</param>
    /// <param name="overridesReadAt">When the repository's overrides were asked for that the policy has.</param>
    public static async Task<Confirmation> AskAsync(
        RunContext run,
        RetentionPolicy policy,
        RetentionPolicy rowPolicy,
        Candidates candidates,
        ImagePush? push,
        UnreadableList? unreadable,
        DateTimeOffset overridesReadAt,
        CancellationToken cancellationToken)
    {
        // Rows are read before ECR is asked, so that none is written over that somebody wrote after.
        var asked = candidates.Images.Select(c => c.Digest).ToHashSet();
        var groups = await CandidateGroups.OfAsync(run, asked, cancellationToken);
        var ours = asked.Concat(groups.Followers).ToHashSet();
        var window = candidates.Window.Where(w => !ours.Contains(w.Key)).ToDictionary();
        var gone = (await FindGoneAsync(run, candidates.LastOwners, cancellationToken)).ToHashSet();
        var askedAt = run.Now;
        var description = await DescribeAsync(run, [.. window.Keys], ours.Union(groups.Owners).Except(window.Keys), cancellationToken);

        var now = run.Now;
        var unseen = await TagLag.FindAsync(
            run, [.. description.Found.Where(m => ours.Contains(m.Digest))], groups.Rows, push?.Tag, cancellationToken);
        // An owner that isn't among these is asked for only to learn whether it is there.
        var knownManifests = description
            .Found.Where(m => ours.Contains(m.Digest) || window.ContainsKey(m.Digest))
            .Select(manifest =>
                window.TryGetValue(manifest.Digest, out var place)
                    // The place is the proof, for that push time, and says what it is and that what it names is known.
                    ? new KnownManifest(
                        manifest,
                        ManifestHistory.None with
                        {
                            ProvenFor = place.ProvenFor, Members = DigestSet.Empty, Kind = place.Stream,
                        }
                    )
                    : groups.Recall(manifest, now, unseen.GetValueOrDefault(manifest.Digest)) with
                    {
                        IsSpared = manifest.Digest == push?.Digest,
                    }
            )
            .ToList();

        // Verdicts come in the order of the facts.
        gone.UnionWith(groups.Gone);
        gone.UnionWith(description.Gone);
        var verdicts = Retention.Decide(policy, now, knownManifests, Scope.PartOfRepository, gone, unreadable);

        // Of a group of which a part was passed over nobody knows what protects it.
        var isSilent = ours.Except(gone).Except(knownManifests.Select(f => f.Digest)).Any();
        var expired = verdicts.Where(v => v.IsExpired && !isSilent && ours.Contains(v.Digest)).ToDictionary(v => v.Digest);

        var naming = groups.Naming;

        // The row of an owner that is gone stays for as long as something is left to delete after it: nothing else leads there.
        var leadsOn = knownManifests.Where(f => expired.ContainsKey(f.Digest) || f.IsSpared)
            .SelectMany(f => f.History.Owners.Concat(ReferrerTag.AllSubjectsOf(f.Manifest)).Concat(naming[f.Digest]))
            .ToHashSet();
        var stale = new List<IndexRow>();
        var shared = new List<IndexRow>();
        var departed = description
            .Gone.Where(d => ours.Contains(d) && !leadsOn.Contains(d))
            .ToDictionary(d => d, groups.Rows.GetValueOrDefault);
        // Those of the window have a place, but their rows weren't read.
        var contradicted = description.Gone.Where(window.ContainsKey).ToList();
        // That an image was archived no event tells: it is corrected, and no sign that one was missed.
        var archived = description.Found.Where(m => m.Status != ManifestStatus.Active).Select(m => m.Digest).ToHashSet();
        var goneOfWindow = description.Gone.Count(window.ContainsKey);
        var isRankingRight = goneOfWindow == 0;
        foreach (
            var (known, verdict) in knownManifests
                .Zip(verdicts)
                .Where(f => !expired.ContainsKey(f.First.Digest) && f.Second.Group?.IsSpared != true))
        {
            // An answer older than the index corrects nothing: the next one will be newer.
            if (verdict.IsDoubt && unseen.Count > 0)
                continue;

            var isCandidate = asked.Contains(known.Digest);
            var row = groups.Rows.GetValueOrDefault(known.Digest);
            var rebuilt = Rebuild(rowPolicy, now, known, row, verdict, gone, isCandidate);
            var isWindow = window.TryGetValue(known.Digest, out var place);
            var isRankRight =
                !(isCandidate || isWindow)
                || (
                    rebuilt.RankedAt == (isWindow ? place.ProvenFor : row?.RankedAt)
                    && rebuilt.Stream == (isWindow ? place.Stream : row?.Stream));
            isRankingRight &= isRankRight;

            if (row is not null && groups.Followers.Contains(known.Digest))
                shared.Add(row with { History = rebuilt.History });
            // A tag of a follower that the row lacks is a promotion as of now: unwritten, it would be one again at each look, and keep the
            // image for ever.
            var isFollowerRight = row is null
                || (rebuilt.History.Owners.Equals(row.History.Owners) && rebuilt.History.PromotedAt == row.History.PromotedAt);
            if (row is not null && (!isFollowerRight || (isCandidate && !(isRankRight && rebuilt.DueFrom == row.DueFrom))))
                stale.Add(rebuilt);
            else if (row is null && (!isRankRight || ours.Contains(known.Digest)))
                contradicted.Add(known.Digest);
        }

        var wrong = stale
            .Where(rebuilt => !RowBuilder.DiffersWithoutEvent(groups.Rows[rebuilt.Digest], rebuilt, rowPolicy))
            .Select(rebuilt => rebuilt.Digest);
        run.Invocation.Counters.NoteContradicted(departed.Keys.Concat(contradicted).Concat(wrong).Where(d => !archived.Contains(d)));
        var isMended = stale.Count == 0 && departed.Count == 0 && contradicted.Count == 0;
        return new Confirmation(
            [
                .. expired
                    .Values.OrderByDescending(v => v.Rank ?? -1)
                    .Select(v => new ConfirmedDelete(
                        v,
                        groups.Rows.GetValueOrDefault(v.Digest),
                        OwnersAmong(expired, groups, naming, v),
                        policy)),
            ],
            [.. verdicts.Where(v => v.IsExempt && ours.Contains(v.Digest))],
            shared,
            [.. verdicts.Where(v => v.IsDoubt)],
            stale,
            departed,
            contradicted,
            IsSettled: description.IsComplete && isRankingRight && (isMended || !candidates.IsCut),
            candidates.IsCut,
            isSilent,
            IsContended: departed.Count > 0 || goneOfWindow > 0,
            IsListingDue: !description.IsComplete || goneOfWindow >= ManyGone,
            overridesReadAt < askedAt ? overridesReadAt : askedAt,
            gone);
    }

    // The newer ones first where it takes more than one call, so that the answer on what is to be deleted is the freshest.
    static async Task<Description> DescribeAsync(
        RunContext run, IReadOnlyList<Digest> newer, IEnumerable<Digest> others, CancellationToken cancellationToken)
    {
        var alone = newer.Count / IRegistry.MaxIds * IRegistry.MaxIds;
        var first = alone == 0 ? null : await run.Registry.DescribeAsync(run.Repository, [.. newer.Take(alone)], cancellationToken);
        HashSet<Digest> rest = [.. newer.Skip(alone), .. others];
        var last = await run.Registry.DescribeAsync(run.Repository, rest, cancellationToken);
        return first is null
            ? last
            : new Description([.. first.Found, .. last.Found], [.. first.Gone, .. last.Gone], first.IsComplete && last.IsComplete);
    }

    static async Task<IEnumerable<Digest>> FindGoneAsync(
        RunContext run,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken
    ) => digests.Count == 0 ? [] : await run.Registry.FindGoneAsync(run.Repository, digests, cancellationToken);

    // ECR's word on a manifest and its kin as a row. What stands in doubt takes no place, or every push would look at it again.
    static IndexRow Rebuild(
        RetentionPolicy policy,
        DateTimeOffset now,
        KnownManifest known,
        IndexRow? row,
        Verdict verdict,
        HashSet<Digest> gone,
        bool isCandidate)
    {
        var owners = known.History.Owners.Any(gone.Contains)
            ? new DigestSet(known.History.Owners.Where(o => !gone.Contains(o)))
            : known.History.Owners;
        var left = known with { History = known.History with { Owners = owners } };
        var revision = row?.Revision ?? IndexRow.Unwritten;
        return isCandidate
            ? RowBuilder.Build(policy, now, left, revision, verdict)
            : RowBuilder.Build(policy, now, left, revision, verdict.Group);
    }

    // From both sides: the row of a member may have been lost and made anew since its index was read.
    static IReadOnlyList<Digest> OwnersAmong(
        Dictionary<Digest, Verdict> expired, CandidateGroups groups, ILookup<Digest, Digest> naming, Verdict verdict)
    {
        var known = groups.Rows.GetValueOrDefault(verdict.Digest)?.History.Owners ?? DigestSet.Empty;
        return
        [
            .. known
                .Concat(naming[verdict.Digest])
                .Concat(ReferrerTag.AllSubjectsOf(verdict.Manifest))
                .Where(o => o != verdict.Digest && expired.ContainsKey(o))
                .Distinct(),
        ];
    }
}
