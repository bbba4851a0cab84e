using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>Which manifest is a part of which, by what they say themselves, and by what CI knows of the tags that it moved.</summary>
sealed class Relations
{
    const string Start = "sha256-";
    const int HexLength = 64;

    readonly Dictionary<string, string> signed = new(StringComparer.Ordinal);
    readonly HashSet<string> staging = new(StringComparer.Ordinal);

    public Contents Contents { get; } = new();

    public void Add(Release release)
    {
        foreach (var manifest in (LocalManifest[])[.. release.Members, release.List, release.Signature, release.Sbom])
            Contents.Add(manifest);
        NoteSigned(release.Signature.Digest, release.List.Digest);
    }

    /// <summary>CI signs an image, by tag: a signature whose tag moves on to a newer one is no image all the same.</summary>
    public void NoteSigned(string signature, string subject) => signed[signature] = subject;

    /// <summary>CI stages the platforms of a release by this tag: it makes no image.</summary>
    public void NoteStaging(string tag) => staging.Add(tag);

    /// <summary>True for what was pushed as a part of something, whether that is there or not.</summary>
    public bool IsPart(string digest) =>
        Contents.ListsNaming(digest).Count > 0 || Contents.SubjectOf(digest) is not null || signed.ContainsKey(digest);

    /// <summary>True for a signature without a tag: only who saw its tag knows what it signs.</summary>
    public bool IsFormerSignature(RegistryImage image) => !image.IsTagged && signed.ContainsKey(image.Digest);

    public bool IsReferrer(RegistryImage image) => Contents.SubjectOf(image.Digest) is not null || TaggedSubjects(image).Any();

    /// <summary>True for what refers to something now, or did before its tag moved on.</summary>
    public bool Refers(RegistryImage image) => IsReferrer(image) || IsFormerSignature(image);

    /// <summary>True for a platform of a release that no tag but those of its staging shows to be an image.</summary>
    public bool IsStaged(RegistryImage image) => Contents.ListsNaming(image.Digest).Count > 0 && image.Tags.All(staging.Contains);

    /// <summary>What it is a part of by its content and its tags, there or not.</summary>
    public IEnumerable<string> OwnersOf(RegistryImage image) =>
        Contents.ListsNaming(image.Digest).Concat(Contents.SubjectOf(image.Digest) is { } subject ? [subject] : TaggedSubjects(image));

    /// <summary>The same, and what a former signature signs.</summary>
    public IEnumerable<string> OwnersEver(RegistryImage image) =>
        signed.TryGetValue(image.Digest, out var subject) ? OwnersOf(image).Append(subject) : OwnersOf(image);

    static IEnumerable<string> TaggedSubjects(RegistryImage image) =>
        image.IsTagged && image.Tags.All(tag => tag.StartsWith(Start, StringComparison.Ordinal))
            ? image.Tags.Select(tag => $"sha256:{tag.AsSpan(Start.Length, HexLength)}").Where(subject => subject != image.Digest)
            : [];
}
