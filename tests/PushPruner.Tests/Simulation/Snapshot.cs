using PushPruner.LocalAws;

namespace PushPruner.Tests.Simulation;

/// <summary>The repository at an instant, with who belongs to whom.</summary>
sealed class Snapshot
{
    readonly Relations relations;
    readonly Dictionary<string, RegistryImage> byDigest;

    public Snapshot(Relations relations, IReadOnlyList<RegistryImage> images)
    {
        this.relations = relations;
        Images = images;
        byDigest = images.ToDictionary(i => i.Digest, StringComparer.Ordinal);
    }

    public IReadOnlyList<RegistryImage> Images { get; }

    public bool Has(string digest) => byDigest.ContainsKey(digest);

    /// <summary>What is there of that which it is a part of.</summary>
    public IEnumerable<RegistryImage> OwnersOf(RegistryImage image) =>
        relations.OwnersOf(image).Where(Has).Select(owner => byDigest[owner]);

    /// <summary>True for an image by itself, and for a part that nothing owns any more.</summary>
    public bool IsRoot(RegistryImage image) => !OwnersOf(image).Any();

    /// <summary>A manifest, its members and, at any depth, what refers to these. Former signatures follow what they signed.</summary>
    public IReadOnlyCollection<RegistryImage> GroupOf(RegistryImage root)
    {
        var group = new Dictionary<string, RegistryImage>(StringComparer.Ordinal) { [root.Digest] = root };
        for (var before = 0; before < group.Count;)
        {
            before = group.Count;
            foreach (
                var image in Images.Where(i => !group.ContainsKey(i.Digest) && relations.OwnersEver(i).Any(group.ContainsKey)).ToList())
            {
                group.Add(image.Digest, image);
            }
        }

        return group.Values;
    }
}
