using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Tests.Simulation;

/// <summary>The rule as a witness reads it in the design, on what is in the repository.</summary>
sealed class Ranking(Relations relations, RetentionPolicy policy, Func<string, bool> isProtected)
{
    public static bool IsNewer(RegistryImage a, RegistryImage b) =>
        a.PushedAt == b.PushedAt ? string.CompareOrdinal(a.Digest, b.Digest) < 0 : a.PushedAt > b.PushedAt;

    /// <summary>True for an image that outranks others of its kind.</summary>
    public bool Counts(RegistryImage image, Snapshot among, DateTimeOffset now)
    {
        if (image.Status != "ACTIVE" || relations.IsReferrer(image))
            return false;

        // A known limit: who waits for longer than the settle time with a manifest list had its platforms taken for images.
        var owners = among.OwnersOf(image).ToList();
        if (owners.Count > 0)
            return owners.All(owner => owner.PushedAt - image.PushedAt >= policy.SettleTime);

        return !relations.IsStaged(image) || now - image.PushedAt >= policy.SettleTime;
    }

    /// <summary>The newest N of each pruned kind, what is protected or archived, and all of the other kinds; with what these own.</summary>
    public IEnumerable<RegistryImage> NewestAndProtected(Snapshot all, IReadOnlyCollection<string> kinds)
    {
        var roots = all.Images.Where(i => all.IsRoot(i) && i.Status == "ACTIVE").ToList();
        var kept = NewestOf(roots.Where(i => !relations.IsReferrer(i)))
            .Concat(roots.Where(i => relations.IsReferrer(i) || !kinds.Contains(relations.Contents.KindOf(i.Digest))))
            .Concat(roots.Where(i => IsHeld(all, i)))
            .Concat(all.Images.Where(i => i.Status != "ACTIVE"));
        return kept.SelectMany(all.GroupOf).Where(i => !relations.IsFormerSignature(i));
    }

    /// <summary>
    /// The most that a reconcile may leave. Whether parts that nothing owns are counted depends on what the index still knows of them,
    /// and so does whether a lone signature goes; what has a subject that is gone goes.
    /// </summary>
    public IEnumerable<RegistryImage> KeptAtMost(Snapshot all)
    {
        var roots = all.Images.Where(all.IsRoot).ToList();
        var ranked = roots.Where(i => !relations.IsReferrer(i) && i.Status == "ACTIVE").ToList();
        var kept = NewestOf(ranked)
            .Concat(NewestOf(ranked.Where(i => !relations.IsPart(i.Digest))))
            .Concat(roots.Where(i => i.Status != "ACTIVE" || IsHeld(all, i)))
            .Concat(roots.Where(i => relations.IsReferrer(i) && i.SubjectDigest is null));
        return kept.SelectMany(all.GroupOf);
    }

    /// <summary>
    /// By kind, how many images have surely expired, as far as the product has surely been told: whatever an event spares of them, they
    /// are as many.
    /// </summary>
    /// <param name="most">Fewer are not counted.</param>
    public IReadOnlyDictionary<string, int> SurelyExpired(Snapshot all, EventsReceived eventsReceived, int most, DateTimeOffset now)
    {
        var known = all.Images
            .Where(i => i is { Status: "ACTIVE", IsTagged: true } && !relations.IsPart(i.Digest) && eventsReceived.IsTold(i.Digest));
        int Expired(IEnumerable<RegistryImage> ofKind) =>
            Sorted(ofKind).Skip(policy.KeepNewest).Count(i => IsSurelyOld(all, i, eventsReceived, now));
        return known.GroupBy(i => relations.Contents.KindOf(i.Digest), StringComparer.Ordinal)
            .Where(g => g.Count() > policy.KeepNewest + most)
            .ToDictionary(g => g.Key, Expired, StringComparer.Ordinal);
    }

    bool IsSurelyOld(Snapshot all, RegistryImage image, EventsReceived eventsReceived, DateTimeOffset now)
    {
        var group = all.GroupOf(image);
        return !IsHeld(all, image)
            && group.All(i =>
                !eventsReceived.IsUnsure(i.Digest) && (relations.Refers(i) || now - eventsReceived.TouchedAt(i.Digest) > policy.KeepFor));
    }

    // Something of it is protected, or a part of it is archived.
    bool IsHeld(Snapshot all, RegistryImage root)
    {
        var group = all.GroupOf(root);
        return group.Any(i => i.Tags.Any(isProtected)) || group.Any(i => i.Status != "ACTIVE" && !relations.Refers(i));
    }

    IEnumerable<RegistryImage> NewestOf(IEnumerable<RegistryImage> roots) =>
        roots.GroupBy(i => relations.Contents.KindOf(i.Digest), StringComparer.Ordinal)
            .SelectMany(kind => Sorted(kind).Take(policy.KeepNewest));

    static List<RegistryImage> Sorted(IEnumerable<RegistryImage> images)
    {
        var sorted = images.ToList();
        sorted.Sort((a, b) => a.Digest == b.Digest ? 0 : IsNewer(a, b) ? -1 : 1);
        return sorted;
    }
}
