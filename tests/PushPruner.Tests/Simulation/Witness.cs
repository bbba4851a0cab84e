using System.Globalization;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// Watches the registry from its own side, knowing nothing of the product but the policy: at each delete it compares what was there right
/// before with what is there right after.
/// </summary>
sealed class Witness(LocalRegistry ecr, Kinship kinship, Settings settings, Func<string, bool> isProtected)
{
    readonly int keepNewest = settings.Policy.KeepNewest;
    readonly TimeSpan keepFor = settings.Policy.KeepFor;
    int deleted;
    string? handled;

    IReadOnlyList<RegistryImage> before = [];
    IReadOnlyList<RegistryImage> atFirst = [];

    public List<string> Violations { get; } = [];

    /// <summary>A run begins.</summary>
    /// <param name="digest">What the event being handled names; null when none is.</param>
    public void Begin(string? digest)
    {
        (handled, deleted) = (digest, 0);
        Look();
        atFirst = before;
    }

    public void Look() => before = ecr.Images(World.App);

    /// <summary>Called after each delete.</summary>
    public void Compare(DateTimeOffset now)
    {
        var after = ecr.Images(World.App);
        var left = after.Select(i => i.Digest).ToHashSet(StringComparer.Ordinal);
        foreach (var image in before.Where(i => !left.Contains(i.Digest)))
        {
            Demand(image.Digest != handled, $"S7: {Name(image)} was deleted by its own event");
            Demand(image.Status == "ACTIVE", $"{Name(image)} was {image.Status}");
            if (kinship.IsRoot(image, before))
            {
                CompareRoot(image, after, now);
                // What follows an image that went in the same run doesn't count beside it.
                Demand(!kinship.IsRoot(image, atFirst) || ++deleted <= settings.MaxDeletes, $"S8: {Name(image)} is one more than may go");
            }
            else
            {
                Demand(!kinship.LiveOwners(image.Digest, after).Any(), $"S3: {Name(image)} has an owner");
            }
        }

        before = after;
    }

    /// <summary>What the rule keeps, whoever was active when: the newest N, what is protected or archived, and what these own.</summary>
    public IReadOnlySet<string> NewestAndProtected()
    {
        var images = ecr.Images(World.App);
        var roots = images.Where(i => kinship.IsRoot(i, images) && i.Status == "ACTIVE").ToList();
        roots.Sort((a, b) => IsNewer(a, b) ? -1 : 1);
        var ranked = roots.Where(i => !IsReferrer(i)).ToList();
        var kept = ranked.Take(keepNewest)
            .Concat(roots.Where(i => kinship.GroupOf(i, images).Any(m => m.Tags.Any(isProtected))))
            .Concat(roots.Where(IsReferrer))
            .Concat(roots.Where(i => kinship.GroupOf(i, images).Any(m => m.Status != "ACTIVE")))
            .Concat(images.Where(i => i.Status != "ACTIVE"));
        return kept.SelectMany(i => kinship.GroupOf(i, images)).Select(Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// The most that a reconcile may leave. Whether parts that nothing owns are counted depends on what the index still knows of them, and so does
    /// whether a lone signature goes; what has a subject that is gone goes.
    /// </summary>
    public IReadOnlySet<string> KeptAtMost()
    {
        var images = ecr.Images(World.App);
        var roots = images.Where(i => kinship.IsRoot(i, images)).ToList();
        roots.Sort((a, b) => IsNewer(a, b) ? -1 : 1);
        var ranked = roots.Where(i => !IsReferrer(i) && i.Status == "ACTIVE").ToList();
        var kept = ranked.Take(keepNewest)
            .Concat(ranked.Where(i => !kinship.IsPart(i.Digest)).Take(keepNewest))
            .Concat(roots.Where(i => kinship.GroupOf(i, images).Any(m => m.Status != "ACTIVE" || m.Tags.Any(isProtected))))
            .Concat(roots.Where(i => IsReferrer(i) && i.SubjectDigest is null));
        return kept.SelectMany(i => kinship.GroupOf(i, images)).Select(Name).ToHashSet(StringComparer.Ordinal);
    }

    // A referrer whose subject is gone is no image; only a reconcile can tell that it may go.
    static bool IsReferrer(RegistryImage image) => image.SubjectDigest is not null || image.Tags.Any(t => t.StartsWith("sha256-", StringComparison.Ordinal));

    void CompareRoot(RegistryImage image, IReadOnlyCollection<RegistryImage> after, DateTimeOffset now)
    {
        Demand(now - image.PushedAt > keepFor, $"S1: {Name(image)} is {(now - image.PushedAt)?.TotalDays} days old");
        Demand(!kinship.GroupOf(image, before).SelectMany(i => i.Tags).Any(isProtected), $"S4: {Name(image)} was protected");
        if (IsReferrer(image) || (kinship.IsPart(image.Digest) && !image.IsTagged))
            return;

        var newer = after.Count(i => i.Status == "ACTIVE" && kinship.IsRoot(i, after) && !IsReferrer(i) && IsNewer(i, image));
        Demand(newer >= keepNewest, $"S2: only {newer} are newer than {Name(image)}");
    }

    public static string Name(RegistryImage image) => string.Create(CultureInfo.InvariantCulture, $"{string.Join('+', image.Tags)}@{image.Digest[7..13]}");

    static bool IsNewer(RegistryImage a, RegistryImage b) =>
        a.PushedAt == b.PushedAt ? string.CompareOrdinal(a.Digest, b.Digest) < 0 : a.PushedAt > b.PushedAt;

    void Demand(bool holds, string violation)
    {
        if (!holds)
            Violations.Add(violation);
    }
}
