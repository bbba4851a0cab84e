using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Tells from a full listing who owns whom, and which manifests are images of their own.</summary>
static class Recognition
{
    /// <param name="settledBefore">What was pushed by then has settled: an index that names it would be in the listing.</param>
    public static IReadOnlyDictionary<Digest, Fact> Of(IEnumerable<Fact> listed, DateTimeOffset settledBefore)
    {
        var facts = listed.ToDictionary(f => f.Digest);
        var owners = new Dictionary<Digest, List<Digest>>();
        var referrers = new Dictionary<Digest, List<Digest>>();
        foreach (var fact in facts.Values)
        {
            foreach (var member in (fact.Memory.Members ?? DigestSet.Empty).Where(m => m != fact.Digest))
                Add(owners, member, fact.Digest);
            foreach (var subject in ReferrerTag.AllSubjectsOf(fact.Manifest))
                Add(referrers, subject, fact.Digest);
        }

        var isAllRead = !facts.Values.Any(f => f.IsUnreadable);

        return facts.Values.ToDictionary(f => f.Digest, fact =>
        {
            var memory = fact.Memory with
            {
                Owners = SetOf(owners, fact.Digest),
                WasMember = fact.Memory.WasMember || owners.ContainsKey(fact.Digest),
                // Former signatures can be told from images by this memory alone.
                Referrers = new DigestSet(SetOf(referrers, fact.Digest).Concat(fact.Memory.Referrers.Where(r => facts.TryGetValue(r, out var f) && f.IsFormerReferrer))),
            };
            var isLeftOver = fact.IsFormerReferrer || (memory.WasMember && fact.Manifest.Tags.Count == 0);
            if (isAllRead && memory.Owners.Count == 0 && !isLeftOver && fact.Manifest.PushedAt is { } pushedAt && pushedAt <= settledBefore)
                memory = memory with { ProvenFor = pushedAt };
            return fact with { Memory = memory };
        });
    }

    static void Add(Dictionary<Digest, List<Digest>> to, Digest key, Digest value) =>
        (to.TryGetValue(key, out var list) ? list : to[key] = []).Add(value);

    static DigestSet SetOf(Dictionary<Digest, List<Digest>> of, Digest digest) =>
        of.TryGetValue(digest, out var list) ? new DigestSet(list) : DigestSet.Empty;
}
