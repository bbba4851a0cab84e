using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>What a full listing tells of who owns whom, and of which manifests are images of their own.</summary>
/// <param name="Facts">Every manifest of the repository.</param>
/// <param name="Absent">What these name without its being there: should it be pushed, no event will say once more whose it is.</param>
sealed record Recognition(IReadOnlyDictionary<Digest, Fact> Facts, IReadOnlyDictionary<Digest, Memory> Absent)
{
    /// <param name="listed">Each manifest once.</param>
    /// <param name="settledBefore">What was pushed by then has settled: an index that names it would be in the listing.</param>
    public static Recognition Of(IReadOnlyDictionary<Digest, Fact> listed, DateTimeOffset settledBefore)
    {
        var owners = new Dictionary<Digest, List<Digest>>();
        var referrers = new Dictionary<Digest, List<Digest>>();
        foreach (var fact in listed.Values)
        {
            foreach (var member in (fact.Memory.Members ?? DigestSet.Empty).Where(m => m != fact.Digest))
                Add(owners, member, fact.Digest);
            foreach (var subject in ReferrerTag.AllSubjectsOf(fact.Manifest))
                Add(referrers, subject, fact.Digest);
        }

        var isAllRead = !listed.Values.Any(f => f.IsUnreadable);
        var facts = new Dictionary<Digest, Fact>(listed.Count);
        foreach (var fact in listed.Values)
        {
            // Former signatures can be told from images by this memory alone.
            var former = fact.Memory.Referrers.Where(r => listed.TryGetValue(r, out var f) && f.IsFormerReferrer);
            var told = fact.Memory.Owners.Where(o => listed.TryGetValue(o, out var f) && f.IsUnreadable);
            var memory = fact.Memory with
            {
                Owners = SetOf(owners, fact.Digest, told),
                WasMember = fact.Memory.WasMember || owners.ContainsKey(fact.Digest),
                Referrers = SetOf(referrers, fact.Digest, former),
            };
            var isLeftOver = fact.IsFormerReferrer || (memory.WasMember && fact.Manifest.Tags.Count == 0);
            if (isAllRead && memory.Owners.Count == 0 && !isLeftOver && fact.Manifest.PushedAt is { } pushedAt && pushedAt <= settledBefore)
                memory = memory with { ProvenFor = pushedAt };
            facts.Add(fact.Digest, memory == fact.Memory ? fact : fact with { Memory = memory });
        }

        var absent = owners.Keys.Concat(referrers.Keys).Where(d => !listed.ContainsKey(d)).Distinct().ToDictionary(d => d, d => new Memory
        {
            Owners = SetOf(owners, d),
            WasMember = owners.ContainsKey(d),
            Referrers = SetOf(referrers, d),
        });
        return new(facts, absent);
    }

    static void Add(Dictionary<Digest, List<Digest>> to, Digest key, Digest value) =>
        (to.TryGetValue(key, out var list) ? list : to[key] = []).Add(value);

    static DigestSet SetOf(Dictionary<Digest, List<Digest>> of, Digest digest, IEnumerable<Digest>? more = null)
    {
        if (!of.TryGetValue(digest, out var list) && more?.Any() != true)
            return DigestSet.Empty;

        // No row holds more; one that is full is taken to have left some out.
        return new DigestSet((list ?? []).Concat(more ?? []).Distinct().Order().Take(IndexManifest.MostMembers));
    }
}
