using System.Text.Json;
using PushPruner.LocalAws;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// What the manifests say that were ever in the repository, or that CI is about to push there. What isn't among them is a plain image.
/// </summary>
sealed class Contents
{
    sealed record Content(string Kind, string? Subject);

    readonly Dictionary<string, Content> known = new(StringComparer.Ordinal);
    readonly Dictionary<string, LocalManifest> manifests = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<string>> lists = new(StringComparer.Ordinal);

    /// <summary>What can be pushed again.</summary>
    public LocalManifest this[string digest] => manifests[digest];

    public void Add(LocalManifest manifest)
    {
        if (manifests.TryAdd(manifest.Digest, manifest))
            Read(manifest.Digest, manifest.Text);
    }

    public string KindOf(string digest) => known.GetValueOrDefault(digest)?.Kind ?? ContentKind.Image;

    public string? SubjectOf(string digest) => known.GetValueOrDefault(digest)?.Subject;

    /// <summary>The manifest lists that name it, pushed or not.</summary>
    public IReadOnlyList<string> ListsNaming(string digest) => lists.GetValueOrDefault(digest) ?? [];

    void Read(string digest, string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var subject = root.TryGetProperty("subject", out var named) ? ContentKind.Text(named, "digest") : null;
        known.Add(digest, new Content(ContentKind.Of(root), subject));
        if (!root.TryGetProperty("manifests", out var entries))
            return;

        foreach (var member in entries.EnumerateArray().Select(entry => ContentKind.Text(entry, "digest")!))
            (lists.TryGetValue(member, out var naming) ? naming : lists[member] = []).Add(digest);
    }
}
