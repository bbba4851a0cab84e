using System.Globalization;
using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// Watches the registry from its own side, knowing nothing of the product but the policy: at each delete it compares what was there right
/// before with what is there right after.
/// </summary>
sealed class Witness(LocalRegistry ecr, int keepNewest, TimeSpan keepFor, Func<string, bool> isProtected)
{
    IReadOnlyList<RegistryImage> before = [];

    public List<string> Violations { get; } = [];

    /// <summary>The digest that the event being handled names; null when none is.</summary>
    public string? Handled { get; set; }

    public void Look() => before = ecr.Images(World.App);

    /// <summary>Called after each delete.</summary>
    public void Compare(DateTimeOffset now)
    {
        var after = ecr.Images(World.App);
        var left = after.Select(i => i.Digest).ToHashSet(StringComparer.Ordinal);
        foreach (var image in before.Where(i => !left.Contains(i.Digest)))
        {
            Demand(now - image.PushedAt > keepFor, $"S1: {Name(image)} is {(now - image.PushedAt)?.TotalDays} days old");
            var newer = after.Count(i => i.Status == "ACTIVE" && IsNewer(i, image));
            Demand(newer >= keepNewest, $"S2: only {newer} are newer than {Name(image)}");
            Demand(!image.Tags.Any(isProtected), $"S4: {Name(image)} was protected");
            Demand(image.Digest != Handled, $"S7: {Name(image)} was deleted by its own event");
            Demand(image.Status == "ACTIVE", $"{Name(image)} was {image.Status}");
        }

        before = after;
    }

    /// <summary>What the rule keeps, whoever was active when: the newest N, and what is protected.</summary>
    public IReadOnlySet<string> NewestAndProtected()
    {
        var images = ecr.Images(World.App).Where(i => i.Status == "ACTIVE").ToList();
        images.Sort((a, b) => IsNewer(a, b) ? -1 : 1);
        return images.Take(keepNewest).Concat(images.Where(i => i.Tags.Any(isProtected))).Select(Name).ToHashSet(StringComparer.Ordinal);
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
