using PushPruner.LocalAws;

namespace PushPruner.Testing.Pushes;

/// <summary>What CI can push at once, and the events of it in the order in which they come.</summary>
public static class Put
{
    /// <summary>An image of one platform.</summary>
    public static IReadOnlyList<RegistryEvent> Image(MeteredRepository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var name = repository.NextName();
        return [repository.Put(ManifestFactory.Image(name), TagOf(name))];
    }

    /// <summary>As buildx pushes: two platforms, an attestation for each, and the index that names the four.</summary>
    public static IReadOnlyList<RegistryEvent> MultiArch(MeteredRepository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var name = repository.NextName();
        var members = MembersOf(name);
        return [.. members.Select(m => repository.Put(m, tag: null)), repository.Put(ManifestFactory.ManifestList(members), TagOf(name))];
    }

    /// <summary>An index that names another of four, and an image.</summary>
    public static IReadOnlyList<RegistryEvent> Nested(MeteredRepository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var name = repository.NextName();
        var members = MembersOf(name);
        var inner = ManifestFactory.ManifestList(members);
        var beside = ManifestFactory.Image($"{name}/beside");
        LocalManifest[] parts = [.. members, beside, inner];
        return
        [
            .. parts.Select(m => repository.Put(m, tag: null)),
            repository.Put(ManifestFactory.ManifestList(inner, beside), TagOf(name)),
        ];
    }

    /// <summary>An image of one platform that takes a tag over.</summary>
    public static IReadOnlyList<RegistryEvent> Tagged(MeteredRepository repository, string tag)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return [repository.Put(ManifestFactory.Image(repository.NextName()), tag)];
    }

    static LocalManifest[] MembersOf(string name)
    {
        LocalManifest[] platforms =
        [
            ManifestFactory.Image($"{name}/amd64"),
            ManifestFactory.Image($"{name}/arm64", platform: "linux/arm64"),
        ];
        return [.. platforms, .. platforms.Select(ManifestFactory.Attestation)];
    }

    // No tag may end in what is a platform's name, as build-386 does.
    static string TagOf(string name) => $"1.{name[(name.LastIndexOf('/') + 1)..]}.0";
}
