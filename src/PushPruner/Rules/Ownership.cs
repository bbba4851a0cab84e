namespace PushPruner.Rules;

/// <summary>
/// Who owns whom among manifests: an index its members, a subject its referrers. Several may own one; a manifest may be member and
/// referrer at once; ownership may run in a circle.
/// </summary>
sealed class Ownership
{
    readonly Dictionary<Digest, List<Digest>> owners = [];
    readonly Dictionary<Digest, List<Digest>> members = [];
    readonly Dictionary<Digest, List<Digest>> referrers = [];
    readonly HashSet<Digest> ownedFromOutside = [];
    readonly HashSet<Digest> lone = [];

    Ownership()
    {
    }

    /// <param name="scope">In a whole repository an owner that isn't among the manifests is gone; in a part it counts as there.</param>
    /// <param name="gone">Owners that are known to be gone.</param>
    public static Ownership Among(KnownManifests knownManifests, Scope scope, IReadOnlySet<Digest> gone)
    {
        var ownership = new Ownership();
        bool IsOutside(Digest owner) => scope == Scope.PartOfRepository && !knownManifests.Contains(owner) && !gone.Contains(owner);
        // People keep the signatures of one repository in another: by its tag alone a referrer's subject is gone only where it was once
        // here.
        bool IsElsewhere(KnownManifest known, Digest subject) =>
            known.Manifest.Subject is null && !known.History.HasLostSubject && !gone.Contains(subject);

        // Most have neither, and a registry has many: nothing is enumerated that is empty.
        foreach (var row in knownManifests.Rows)
        {
            var known = row.Known;
            if (known.History.Members is { Count: > 0 } members)
                ownership.LinkToMembers(known, members, knownManifests);
            if (ReferrerTag.AllSubjectsOf(known.Manifest) is { Count: > 0 } subjects)
                ownership.LinkToSubjects(known, subjects, knownManifests, subject => IsOutside(subject) || IsElsewhere(known, subject));
            if (known.History.Referrers.Count > 0)
                ownership.LinkToFormerReferrers(known, knownManifests);
            if (known.History.Owners.Count == 0)
                continue;

            ownership.LinkToKnownOwners(known, knownManifests);
            // A set that is full may have left some out.
            if (scope == Scope.PartOfRepository && (known.History.Owners.Any(IsOutside) || known.History.Owners.IsFull))
                ownership.ownedFromOutside.Add(known.Digest);
        }

        return ownership;
    }

    /// <summary>The owners among the manifests.</summary>
    public IReadOnlyList<Digest> OwnersOf(Digest digest) => owners.GetValueOrDefault(digest) ?? [];

    /// <summary>What a manifest owns directly, once for each way in which it does.</summary>
    public IEnumerable<Digest> OwnedBy(Digest digest) =>
        (members.GetValueOrDefault(digest) ?? []).Concat(referrers.GetValueOrDefault(digest) ?? []);

    /// <summary>True if something owns it that isn't among the manifests, but counts as there.</summary>
    public bool IsOwnedFromOutside(Digest digest) => ownedFromOutside.Contains(digest);

    public bool IsOwned(Digest digest) => owners.ContainsKey(digest) || ownedFromOutside.Contains(digest);

    /// <summary>True for a referrer whose subjects are all gone.</summary>
    public bool IsLone(Digest digest) => lone.Contains(digest) && !IsOwned(digest);

    /// <summary>True if something is kept and deleted together with a manifest.</summary>
    public bool HasFollowers(Digest digest) => members.ContainsKey(digest) || referrers.ContainsKey(digest);

    /// <summary>True if only its parts are kept and deleted together with an image, whichever image it is.</summary>
    public bool HasNoReferrers => referrers.Count == 0;

    /// <summary>
    /// What is kept and deleted together with a manifest: it, its members at any depth, and the referrers of all of these.
    /// </summary>
    public IReadOnlyCollection<Digest> GroupOf(Digest root) => Reachable(root, members, referrers);

    /// <summary>A manifest and its members at any depth: their activity is the image's own.</summary>
    public IReadOnlyCollection<Digest> PartsOf(Digest root) => Reachable(root, members);

    void LinkToMembers(KnownManifest index, DigestSet named, KnownManifests knownManifests)
    {
        foreach (var member in named)
        {
            if (knownManifests.Contains(member))
                Link(members, index.Digest, member);
        }
    }

    // What the index remembers holds also where the owner's own list isn't at hand, as that of the newest images isn't.
    void LinkToKnownOwners(KnownManifest known, KnownManifests knownManifests)
    {
        foreach (var owner in known.History.Owners)
        {
            if (knownManifests.Find(owner) is { } there && there.History.Members?.Contains(known.Digest) != true)
                Link(members, owner, known.Digest);
        }
    }

    // A signature whose tag has moved on to a newer one names its subject no more, and still follows it.
    void LinkToFormerReferrers(KnownManifest subject, KnownManifests knownManifests)
    {
        foreach (var referrer in subject.History.Referrers)
        {
            if (knownManifests.Find(referrer) is { IsFormerReferrer: true })
                Link(referrers, subject.Digest, referrer);
        }
    }

    void LinkToSubjects(KnownManifest known, IReadOnlyList<Digest> subjects, KnownManifests knownManifests, Func<Digest, bool> isOutside)
    {
        foreach (var subject in subjects)
        {
            if (knownManifests.Contains(subject))
                Link(referrers, subject, known.Digest);
            else if (isOutside(subject))
                ownedFromOutside.Add(known.Digest);
        }

        lone.Add(known.Digest);
    }

    void Link(Dictionary<Digest, List<Digest>> kind, Digest owner, Digest owned)
    {
        // A manifest that names itself doesn't keep itself alive.
        if (owner == owned)
            return;

        (kind.TryGetValue(owner, out var list) ? list : kind[owner] = []).Add(owned);
        (owners.TryGetValue(owned, out var of) ? of : owners[owned] = []).Add(owner);
    }

    static HashSet<Digest> Reachable(Digest root, params Dictionary<Digest, List<Digest>>[] kinds)
    {
        var reached = new HashSet<Digest>(1 + kinds.Sum(kind => kind.TryGetValue(root, out var all) ? all.Count : 0)) { root };
        var left = new Stack<Digest>([root]);
        while (left.TryPop(out var digest))
        {
            foreach (var kind in kinds)
            {
                if (!kind.TryGetValue(digest, out var all))
                    continue;

                foreach (var owned in all)
                {
                    if (reached.Add(owned))
                        left.Push(owned);
                }
            }
        }

        return reached;
    }
}
