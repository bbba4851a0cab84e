using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

/// <summary>The definitions of ownership and of the rule, written out one by one and as slow as that is.</summary>
sealed class GroupOracle(List<KnownManifest> facts, RetentionPolicy policy)
{
    public IEnumerable<Digest> Expired()
    {
        var tops = facts.Where(f => !OwnersOf(f).Any()).ToList();
        var expiredTops = Images(tops).Skip(policy.KeepNewest).Where(IsPastAndUnprotected)
            .Concat(tops.Where(f => IsLoneReferrer(f) || IsLeftOver(f)).Where(IsPastAndUnprotected))
            .Select(f => f.Digest)
            .ToHashSet();
        return facts.Where(f => Goes(f, expiredTops)).Select(f => f.Digest);
    }

    public static IEnumerable<KnownManifest> OwnedBy(KnownManifest owner, List<KnownManifest> facts) =>
        facts.Where(f =>
            f.Digest != owner.Digest && (owner.History.Members?.Contains(f.Digest) == true || Subjects(f).Contains(owner.Digest)));

    public static HashSet<KnownManifest> GroupOf(KnownManifest root, List<KnownManifest> facts)
    {
        var group = new HashSet<KnownManifest> { root };
        for (var size = 0; size < group.Count;)
        {
            size = group.Count;
            group.UnionWith(group.ToList().SelectMany(owner => OwnedBy(owner, facts)));
        }

        return group;
    }

    static IEnumerable<Digest> Subjects(KnownManifest fact)
    {
        if (fact.Manifest.Subject is { } subject)
            return [subject];

        return fact.Manifest.Tags.Count == 1 && fact.Manifest.Tags[0].StartsWith("sha256-", StringComparison.Ordinal)
            && Digest.TryParse("sha256:" + fact.Manifest.Tags[0][7..71], out var named) && named != fact.Digest ? [named] : [];
    }

    IEnumerable<KnownManifest> OwnersOf(KnownManifest fact) => facts.Where(o => OwnedBy(o, facts).Contains(fact));

    static bool IsLoneReferrer(KnownManifest fact) => fact.Manifest.Subject is not null;

    static bool IsLeftOver(KnownManifest fact) => fact.Manifest.Subject is null && fact.History.WasMember && fact.Manifest.Tags.Count == 0;

    static List<KnownManifest> Images(List<KnownManifest> tops)
    {
        var images = tops
            .Where(f => !Subjects(f).Any() && !IsLeftOver(f))
            .Where(f => f.Manifest.Tags.Count > 0 || f.History.ProvenFor is not null)
            .ToList();
        images.Sort((a, b) => a.Manifest.PushedAt == b.Manifest.PushedAt
            ? string.CompareOrdinal(a.Digest.Value, b.Digest.Value)
            : b.Manifest.PushedAt!.Value.CompareTo(a.Manifest.PushedAt!.Value));
        return images;
    }

    bool IsPastAndUnprotected(KnownManifest top)
    {
        var parts = new HashSet<KnownManifest> { top };
        for (var size = 0; size < parts.Count;)
        {
            size = parts.Count;
            parts.UnionWith(parts.ToList().SelectMany(p => facts.Where(f => p.History.Members?.Contains(f.Digest) == true)));
        }

        return parts.All(p => A.Now - p.Manifest.PushedAt > policy.KeepFor)
            && !GroupOf(top, facts).Any(f => policy.ProtectTags.Patterns.Count > 0 && f.Manifest.Tags.Contains("latest"));
    }

    bool Goes(KnownManifest fact, HashSet<Digest> expiredTops)
    {
        var owners = OwnersOf(fact).ToList();
        return owners.Count == 0 ? expiredTops.Contains(fact.Digest) : owners.TrueForAll(o => Goes(o, expiredTops));
    }
}
