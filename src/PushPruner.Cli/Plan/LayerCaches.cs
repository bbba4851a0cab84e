namespace PushPruner.Cli.Plan;

/// <summary>
/// Layers that kaniko caches have the media types of an image, and so the rule takes them for images. Only their tags show what they are:
/// the 64 hex digits of a hash, see kaniko's <c>--cache-repo</c>.
/// </summary>
static class LayerCaches
{
    const int HashLength = 64;

    /// <summary>Null where nothing looks like one.</summary>
    public static string? Hint(RepositorySnapshot snapshot)
    {
        const string why = "(tag of 64 hex digits, as kaniko writes them)";
        return snapshot.Verdicts.Count(IsLikeOne) switch
        {
            0 => null,
            1 => $"1 image of {snapshot.Repository} looks like a layer cache {why}; give layer caches a repository of their own.",
            var n =>
                $"{TextFormat.Number(n)} images of {snapshot.Repository} look like layer caches {why}; give them a repository of their "
                    + $"own.",
        };
    }

    static bool IsLikeOne(Verdict verdict) =>
        verdict.Kind == Kind.Image && !MediaTypes.IsManifestList(verdict.Manifest.MediaType) && verdict.Manifest.Tags.Any(IsHash);

    static bool IsHash(string tag) => tag.Length == HashLength && tag.All(char.IsAsciiHexDigitLower);
}
