using System.Globalization;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// Watches the registry from its own side, knowing nothing of the product but the policy: at each delete it compares what was there right
/// before with what is there right after. What a manifest is it reads from the manifest's text.
/// </summary>
sealed class InvariantChecker
{
    readonly LocalRegistry ecr;
    readonly Relations relations;
    readonly Settings settings;
    readonly Func<string, bool> isProtected;
    readonly Ranking ranking;
    readonly HashSet<string> everDeleted = new(StringComparer.Ordinal);
    int deleted;
    string? handled;

    IReadOnlyDictionary<string, int> expiredAtFirst = new Dictionary<string, int>(StringComparer.Ordinal);
    Snapshot before;
    Snapshot atFirst;

    public InvariantChecker(LocalRegistry ecr, Relations relations, Settings settings, Func<string, bool> isProtected)
    {
        (this.ecr, this.relations, this.settings, this.isProtected) = (ecr, relations, settings, isProtected);
        ranking = new Ranking(relations, settings.Policy, isProtected);
        before = atFirst = Now();
    }

    // What had settled once is proven, though a clock is set back since.
    DateTimeOffset latest;

    public List<string> Violations { get; } = [];

    /// <summary>What the product has been told, as far as that is followed; then it is demanded that no event gets around a halt.</summary>
    public EventsReceived? Hearsay { get; init; }

    /// <summary>A run begins.</summary>
    /// <param name="digest">What the event being handled names; null when none is.</param>
    public void Begin(string? digest, DateTimeOffset now)
    {
        latest = now > latest ? now : latest;
        Resume(digest);
        if (Hearsay is not null)
            expiredAtFirst = ranking.SurelyExpired(atFirst, Hearsay, settings.MaxDeletes, now);
    }

    /// <summary>One of several runs goes on, before a delete of its own.</summary>
    public void Resume(string? digest)
    {
        (handled, deleted) = (digest, 0);
        expiredAtFirst = new Dictionary<string, int>(StringComparer.Ordinal);
        Look();
        atFirst = before;
    }

    public void Look() => before = Now();

    /// <summary>Called after each delete.</summary>
    public void Compare(DateTimeOffset now)
    {
        latest = now > latest ? now : latest;
        var after = Now();
        var gone = before.Images.Where(i => !after.Has(i.Digest)).ToList();
        everDeleted.UnionWith(gone.Select(i => i.Digest));
        foreach (var image in gone)
        {
            Demand(image.Digest != handled, $"S7: {Name(image)} was deleted by its own event");
            Demand(image.Status == "ACTIVE", $"{Name(image)} was {image.Status}");
            if (before.IsRoot(image))
                CompareRoot(image, after, now);
            else
                Demand(!after.OwnersOf(image).Any(), $"S3: {Name(image)} has an owner");
        }

        before = after;
    }

    /// <summary>What the rule keeps, whoever was active when, of the kinds that were pruned; all of the others.</summary>
    public IReadOnlySet<string> NewestAndProtected(IReadOnlyCollection<string> kinds) => Names(ranking.NewestAndProtected(Now(), kinds));

    /// <inheritdoc cref="Ranking.KeptAtMost"/>
    public IReadOnlySet<string> KeptAtMost() => Names(ranking.KeptAtMost(Now()));

    /// <summary>
    /// What is there, but for former signatures: whether the product still knows of them is no matter of the rule. Without a listing
    /// nothing proves the platforms of a list whose delete was cut short, if they have no tag but those of their staging.
    /// </summary>
    public IReadOnlySet<string> Left(bool isListed)
    {
        var now = Now();
        bool IsUnproven(RegistryImage i) => !isListed && i.IsTagged && relations.IsStaged(i) && now.IsRoot(i);
        return Names(now.Images.Where(i => !relations.IsFormerSignature(i) && !IsUnproven(i)));
    }

    public static string Name(RegistryImage image) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join('+', image.Tags)}@{image.Digest[7..13]}");

    void CompareRoot(RegistryImage image, Snapshot after, DateTimeOffset now)
    {
        // What follows an image that went before it may be young, and has no rank.
        var follows = relations.OwnersEver(image).Any(everDeleted.Contains);
        var age = now - image.PushedAt;
        Demand(follows || age > settings.Policy.KeepFor, $"S1: {Name(image)} is {age?.TotalDays} days old");
        Demand(!before.GroupOf(image).SelectMany(i => i.Tags).Any(isProtected), $"S4: {Name(image)} was protected");
        if (!relations.OwnersEver(image).Any(atFirst.Has))
            Demand(++deleted <= settings.MaxDeletes, $"S8: {Name(image)} is one more than may go");
        if (follows || relations.IsReferrer(image) || (relations.IsPart(image.Digest) && !image.IsTagged))
            return;

        var kind = relations.Contents.KindOf(image.Digest);
        var expired = handled is null ? expiredAtFirst.Values.Sum() : expiredAtFirst.GetValueOrDefault(kind);
        Demand(expired <= settings.MaxDeletes, $"S8: {Name(image)} was deleted, although {expired} had expired");
        var ofKind = after.Images.Where(i => relations.Contents.KindOf(i.Digest) == kind && ranking.Counts(i, after, latest));
        var newer = ofKind.Count(i => Ranking.IsNewer(i, image));
        Demand(newer >= settings.Policy.KeepNewest, $"S2: only {newer} are newer than {Name(image)}");
    }

    Snapshot Now() => new(relations, ecr.Images(PushScenario.App));

    static HashSet<string> Names(IEnumerable<RegistryImage> images) => images.Select(Name).ToHashSet(StringComparer.Ordinal);

    void Demand(bool holds, string violation)
    {
        if (!holds)
            Violations.Add(violation);
    }
}
