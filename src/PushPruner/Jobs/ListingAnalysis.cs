using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>What a full listing tells of who owns whom, and of which manifests are images of their own.</summary>
/// <param name="Manifests">Every manifest of the repository.</param>
/// <param name="Absent">What these name without its being there: should it be pushed, no event will say once more whose it is.</param>
sealed record ListingAnalysis(IReadOnlyDictionary<Digest, KnownManifest> Manifests, IReadOnlyDictionary<Digest, ManifestHistory> Absent)
{
    /// <param name="listed">Each manifest once.</param>
    /// <param name="settledBefore">What was pushed by then has settled: a manifest list that names it would be in the listing.</param>
    /// <param name="unreadable">A manifest list of the listing that can't be read.</param>
    public static ListingAnalysis Of(IReadOnlyDictionary<Digest, KnownManifest> listed, DateTimeOffset settledBefore, UnreadableList? unreadable)
    {
        var owners = new Dictionary<Digest, List<Digest>>();
        var referrers = new Dictionary<Digest, List<Digest>>();
        foreach (var fact in listed.Values)
        {
            foreach (var member in (fact.History.Members ?? DigestSet.Empty).Where(m => m != fact.Digest))
                Add(owners, member, fact.Digest);
            foreach (var subject in ReferrerTag.AllSubjectsOf(fact.Manifest).Where(s => s.IsSha256))
                Add(referrers, subject, fact.Digest);
        }

        var facts = new Dictionary<Digest, KnownManifest>(listed.Count);
        foreach (var fact in listed.Values)
        {
            // Former signatures can be told from images by this memory alone.
            var former = fact.History.Referrers.Where(r => listed.TryGetValue(r, out var f) && f.IsFormerReferrer);
            var told = fact.History.Owners.Where(o => listed.TryGetValue(o, out var f) && f.IsUnreadable);
            var memory = fact.History with
            {
                Owners = SetOf(owners, fact.Digest, told),
                WasMember = fact.History.WasMember || owners.ContainsKey(fact.Digest),
                Referrers = SetOf(referrers, fact.Digest, former),
            };
            var isLeftOver = fact.IsFormerReferrer || (memory.WasMember && fact.Manifest.Tags.Count == 0);
            if (memory.Owners.Count == 0 && !isLeftOver && IsProvenByListing(fact, settledBefore, unreadable))
                memory = memory with { ProvenFor = fact.Manifest.PushedAt };
            facts.Add(fact.Digest, memory == fact.History ? fact : fact with { History = memory });
        }

        var absent = owners.Keys.Concat(referrers.Keys).Where(d => !listed.ContainsKey(d)).Distinct().ToDictionary(d => d, d => new ManifestHistory
        {
            Owners = SetOf(owners, d),
            WasMember = owners.ContainsKey(d),
            Referrers = SetOf(referrers, d),
        });
        return new(facts, absent);
    }

    // That no list names it is no evidence by itself: it has a tag, if only a platform's, or was read and shows what it is.
    static bool IsProvenByListing(KnownManifest fact, DateTimeOffset settledBefore, UnreadableList? unreadable) =>
        fact.Manifest.PushedAt is { } pushedAt
        && pushedAt <= settledBefore
        && unreadable?.CoversPushAt(pushedAt) != true
        && (fact.Manifest.Tags.Any(tag => !ReferrerTag.NamesAnother(tag, fact.Manifest)) || fact.History.Kind is not null);

    /// <summary>The same, with it noted at each referrer by tag whose subject is known to be gone: a tombstone proves that only for a time.</summary>
    public ListingAnalysis WithLostSubjects(IReadOnlySet<Digest> gone)
    {
        var lost = Manifests.Values
            .Where(f => f.Manifest.Subject is null && !f.History.HasLostSubject && ReferrerTag.SubjectsOf(f.Manifest).Any(gone.Contains))
            .ToList();
        if (lost.Count == 0)
            return this;

        var facts = new Dictionary<Digest, KnownManifest>(Manifests);
        foreach (var fact in lost)
            facts[fact.Digest] = fact with { History = fact.History with { HasLostSubject = true } };
        return this with { Manifests = facts };
    }

    static void Add(Dictionary<Digest, List<Digest>> to, Digest key, Digest value) =>
        (to.TryGetValue(key, out var list) ? list : to[key] = []).Add(value);

    static DigestSet SetOf(Dictionary<Digest, List<Digest>> of, Digest digest, IEnumerable<Digest>? more = null)
    {
        if (!of.TryGetValue(digest, out var list) && more?.Any() != true)
            return DigestSet.Empty;

        // No row holds more; one that is full is taken to have left some out.
        return new DigestSet((list ?? []).Concat(more ?? []).Distinct().Order().Take(DigestSet.MostInARow));
    }
}
