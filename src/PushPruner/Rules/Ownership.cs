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

    /// <param name="scope">Of the whole repository an owner that isn't among the facts is gone; of a part it is taken to be there.</param>
    /// <param name="gone">Owners that are known to be gone.</param>
    public static Ownership Among(KnownManifests facts, Scope scope, IReadOnlySet<Digest> gone)
    {
        var ownership = new Ownership();
        bool IsOutside(Digest owner) => scope == Scope.PartOfRepository && !facts.Contains(owner) && !gone.Contains(owner);
        // People keep the signatures of one repository in another: by its tag alone a referrer's subject is gone only where it was once here.
        bool IsElsewhere(KnownManifest fact, Digest subject) => fact.Manifest.Subject is null && !fact.History.HasLostSubject && !gone.Contains(subject);

        // Most have neither, and a registry has many: nothing is enumerated that is empty.
        foreach (var row in facts.Rows)
        {
            var fact = row.Known;
            if (fact.History.Members is { Count: > 0 } members)
                ownership.LinkToMembers(fact, members, facts);
            if (ReferrerTag.AllSubjectsOf(fact.Manifest) is { Count: > 0 } subjects)
                ownership.LinkToSubjects(fact, subjects, facts, subject => IsOutside(subject) || IsElsewhere(fact, subject));
            if (fact.History.Referrers.Count > 0)
                ownership.LinkToFormerReferrers(fact, facts);
            if (fact.History.Owners.Count == 0)
                continue;

            ownership.LinkToKnownOwners(fact, facts);
            // A set that is full may have left some out.
            if (scope == Scope.PartOfRepository && (fact.History.Owners.Any(IsOutside) || fact.History.Owners.IsFull))
                ownership.ownedFromOutside.Add(fact.Digest);
        }

        return ownership;
    }

    /// <summary>The owners among the facts.</summary>
    public IReadOnlyList<Digest> OwnersOf(Digest digest) => owners.GetValueOrDefault(digest) ?? [];

    /// <summary>What a manifest owns directly, once for each way in which it does.</summary>
    public IEnumerable<Digest> OwnedBy(Digest digest) =>
        (members.GetValueOrDefault(digest) ?? []).Concat(referrers.GetValueOrDefault(digest) ?? []);

    /// <summary>True when something that isn't among the facts, but is taken to be there, owns it.</summary>
    public bool IsOwnedFromOutside(Digest digest) => ownedFromOutside.Contains(digest);

    public bool IsOwned(Digest digest) => owners.ContainsKey(digest) || ownedFromOutside.Contains(digest);

    /// <summary>True for a referrer whose subjects are all gone.</summary>
    public bool IsLone(Digest digest) => lone.Contains(digest) && !IsOwned(digest);

    /// <summary>True when something lives and dies with a manifest.</summary>
    public bool HasFollowers(Digest digest) => members.ContainsKey(digest) || referrers.ContainsKey(digest);

    /// <summary>True when what lives and dies with an image is its parts alone, whichever image it is.</summary>
    public bool HasNoReferrers => referrers.Count == 0;

    /// <summary>What lives and dies with a manifest: it, its members at any depth, and the referrers of all of these.</summary>
    public IReadOnlyCollection<Digest> GroupOf(Digest root) => Reachable(root, members, referrers);

    /// <summary>A manifest and its members at any depth: their activity is the image's own.</summary>
    public IReadOnlyCollection<Digest> PartsOf(Digest root) => Reachable(root, members);

    void LinkToMembers(KnownManifest index, DigestSet named, KnownManifests facts)
    {
        foreach (var member in named)
        {
            if (facts.Contains(member))
                Link(members, index.Digest, member);
        }
    }

    // What the index remembers holds also where the owner's own list isn't at hand, as that of the newest images isn't.
    void LinkToKnownOwners(KnownManifest fact, KnownManifests facts)
    {
        foreach (var owner in fact.History.Owners)
        {
            if (facts.Find(owner) is { } there && there.History.Members?.Contains(fact.Digest) != true)
                Link(members, owner, fact.Digest);
        }
    }

    // A signature whose tag has moved on to a newer one names its subject no more, and still follows it.
    void LinkToFormerReferrers(KnownManifest subject, KnownManifests facts)
    {
        foreach (var referrer in subject.History.Referrers)
        {
            if (facts.Find(referrer) is { IsFormerReferrer: true })
                Link(referrers, subject.Digest, referrer);
        }
    }

    void LinkToSubjects(KnownManifest fact, IReadOnlyList<Digest> subjects, KnownManifests facts, Func<Digest, bool> isOutside)
    {
        foreach (var subject in subjects)
        {
            if (facts.Contains(subject))
                Link(referrers, subject, fact.Digest);
            else if (isOutside(subject))
                ownedFromOutside.Add(fact.Digest);
        }

        lone.Add(fact.Digest);
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
