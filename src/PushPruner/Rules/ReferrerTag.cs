namespace PushPruner.Rules;

/// <summary>
/// Tags that name a subject: cosign's <c>sha256-(hex).sig</c>, and the referrers tag schema's <c>sha256-(hex)</c> on an index.
/// </summary>
static class ReferrerTag
{
    const string Start = "sha256-";
    const int HexLength = 64;

    /// <summary>
    /// The subjects that a manifest names by its tags alone; empty when it is no referrer by tag. All tags must have the form, and name
    /// another manifest than itself: a plain image that someone tagged <c>sha256-(hex)</c> stays an image.
    /// </summary>
    public static IReadOnlyList<Digest> SubjectsOf(Manifest manifest)
    {
        // Every manifest of every listing is asked about: by number, for that allocates nothing.
        List<Digest>? subjects = null;
        for (var n = 0; n < manifest.Tags.Count; n++)
        {
            var tag = manifest.Tags[n];
            if (!tag.StartsWith(Start, StringComparison.Ordinal)
                || Read(tag, MediaTypes.IsManifestList(manifest.MediaType)) is not { } named
                || named == manifest.Digest)
            {
                return [];
            }

            (subjects ??= []).Add(named);
        }

        return subjects ?? [];
    }

    /// <summary>What a manifest refers to: its subject, or what its tags name.</summary>
    public static IReadOnlyList<Digest> AllSubjectsOf(Manifest manifest) =>
        manifest.Subject is { } subject ? [subject] : SubjectsOf(manifest);

    /// <summary>True for a tag that makes a manifest of this type a referrer.</summary>
    public static bool IsOf(string tag, string? mediaType) => Read(tag, MediaTypes.IsManifestList(mediaType)) is not null;

    /// <summary>
    /// True for a tag that says nothing of its manifest being an image: it has a referrer's form, and names another manifest.
    /// </summary>
    public static bool NamesAnother(string tag, Manifest manifest) => SubjectNamedBy(tag, manifest) is not null;

    /// <summary>The other manifest that a referrer's tag names; null for any other tag.</summary>
    public static Digest? SubjectNamedBy(string tag, Manifest manifest) =>
        Read(tag, MediaTypes.IsManifestList(manifest.MediaType)) is { } named && named != manifest.Digest ? named : null;

    /// <summary>True for a tag that a referrer may have. Whether the manifest with this tag is one depends on the manifest.</summary>
    public static bool HasForm(string tag) => Read(tag, isIndex: true) is not null;

    static Digest? Read(string tag, bool isIndex)
    {
        if (!tag.StartsWith(Start, StringComparison.Ordinal) || tag.Length < Start.Length + HexLength)
            return null;

        var isReferrer = tag[(Start.Length + HexLength)..] switch
        {
            ".sig" or ".att" or ".sbom" => true,
            "" => isIndex,
            _ => false,
        };
        return isReferrer && Digest.TryParse($"sha256:{tag.AsSpan(Start.Length, HexLength)}", out var digest) ? digest : null;
    }
}
