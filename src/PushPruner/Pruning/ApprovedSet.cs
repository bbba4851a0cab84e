using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.Listing;

namespace PushPruner.Pruning;

/// <summary>
/// What of a listing an order may delete. Without an approval that is all that is expired; with one only what was expired at the approved
/// instant too, so that an approval never covers an image that was not shown.
/// </summary>
/// <param name="Expired">The images, the oldest first, then what follows them.</param>
/// <param name="NotCovered">How many images are expired now and not covered by the approval; null without an approval.</param>
sealed record ApprovedSet(IReadOnlyList<Verdict> Expired, int? NotCovered)
{
    /// <summary>Images, and what nothing owns: what counts against <c>MAX_DELETES</c>.</summary>
    public IEnumerable<Verdict> Counted => Expired.Where(v => !v.IsFollower);

    /// <param name="policy">The one in force, by which the listing's verdicts were found.</param>
    public static ApprovedSet Of(ReconcileRequest request, RetentionPolicy policy, Resync.Listing listing)
    {
        var expired = listing.Verdicts.Where(v => v.IsExpired).OrderBy(v => v.IsFollower).ThenByDescending(v => v.Rank ?? -1).ToList();
        if (request is { AsOf: null, Shown: null })
            return new(expired, NotCovered: null);

        var then = request.AsOf is { } asOf ? ExpiredAt(asOf, policy, listing) : null;
        var covered = expired.Where(v => !v.IsFollower && request.Covers(v.Digest) && then?.Contains(v.Digest) != false).ToList();
        var followers = FollowersOf(covered, expired.Where(v => v.IsFollower && request.Covers(v.Digest)), listing);
        return new([.. covered, .. followers], expired.Count(v => !v.IsFollower) - covered.Count);
    }

    /// <summary>
    /// Whether ECR's last answer leaves a manifest covered: what was pushed again, or became active, since the approved instant is not.
    /// </summary>
    public static bool StillCovers(ReconcileRequest request, ConfirmedDelete confirmed)
    {
        if (!request.Covers(confirmed.Digest))
            return false;

        var verdict = confirmed.Verdict;
        return request.AsOf is not { } asOf || verdict.IsFollower || !(verdict.Manifest.PushedAt > asOf || verdict.Group?.ActiveAt > asOf);
    }

    static HashSet<Digest> ExpiredAt(DateTimeOffset asOf, RetentionPolicy policy, Resync.Listing listing)
    {
        // What has no time stays among them, because the doubt about it keeps others.
        var there = listing.Manifests.Values.Where(f => !(f.Manifest.PushedAt > asOf)).Select(f => AsKnownAt(asOf - policy.SettleTime, f));
        return
        [
            .. Retention.Decide(policy, asOf, there, Scope.WholeRepository, listing.Gone).Where(v => v.IsExpired).Select(v => v.Digest),
        ];
    }

    // A listing since may have proven what was still too young for a proof then. It took no place then, so it takes none here.
    static KnownManifest AsKnownAt(DateTimeOffset settledBefore, KnownManifest known) =>
        known.History.ProvenFor is not null && known.Manifest.PushedAt > settledBefore
            ? known with
            {
                History = known.History with { ProvenFor = null },
            }
            : known;

    // A follower is deleted after its last owner, so all of its owners must be covered.
    static List<Verdict> FollowersOf(IEnumerable<Verdict> covered, IEnumerable<Verdict> followers, Resync.Listing listing)
    {
        var ownership = Ownership.Among(new KnownManifests(listing.Manifests.Values), Scope.WholeRepository, listing.Gone);
        var left = followers.ToDictionary(v => v.Digest);
        var waitsFor = left.Keys.ToDictionary(d => d, d => ownership.OwnersOf(d).ToHashSet());
        var owned = waitsFor.SelectMany(w => w.Value.Select(owner => (owner, w.Key))).ToLookup(o => o.owner, o => o.Key);
        var result = new List<Verdict>();
        var next = new Queue<Digest>(covered.Select(v => v.Digest));
        while (next.TryDequeue(out var owner))
        {
            foreach (var follower in owned[owner])
            {
                if (!waitsFor[follower].Remove(owner) || waitsFor[follower].Count > 0)
                    continue;

                result.Add(left[follower]);
                next.Enqueue(follower);
            }
        }

        return result;
    }
}
