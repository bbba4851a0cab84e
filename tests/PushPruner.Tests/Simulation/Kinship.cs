using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>Who was pushed as a part of what, as CI knows it.</summary>
sealed class Kinship
{
    readonly Dictionary<string, List<string>> owners = new(StringComparer.Ordinal);

    public void Add(Release release)
    {
        foreach (var member in release.Members)
            OwnersOf(member.Digest).Add(release.Index.Digest);
        OwnersOf(release.Signature.Digest).Add(release.Index.Digest);
        OwnersOf(release.Sbom.Digest).Add(release.Index.Digest);
    }

    public bool IsPart(string digest) => owners.ContainsKey(digest);

    /// <summary>The owners that are in the repository.</summary>
    public IEnumerable<string> LiveOwners(string digest, IEnumerable<RegistryImage> images) =>
        images.Select(i => i.Digest).Intersect(owners.GetValueOrDefault(digest) ?? [], StringComparer.Ordinal);

    /// <summary>An image by itself: a part only where nothing owns it any more.</summary>
    public bool IsRoot(RegistryImage image, IReadOnlyCollection<RegistryImage> images) => !LiveOwners(image.Digest, images).Any();

    public IEnumerable<RegistryImage> GroupOf(RegistryImage root, IReadOnlyCollection<RegistryImage> images) =>
        images.Where(i => i.Digest == root.Digest || LiveOwners(i.Digest, images).Contains(root.Digest, StringComparer.Ordinal));

    List<string> OwnersOf(string digest) => owners.TryGetValue(digest, out var list) ? list : owners[digest] = [];
}
