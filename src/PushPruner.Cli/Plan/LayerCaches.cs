using PushPruner.Jobs;
using PushPruner.Rules;

namespace PushPruner.Cli.Plan;

/// <summary>
/// Layers that kaniko caches have the media types of an image, and so the rule takes them for images. Only their tags show what they are: the
/// 64 hex digits of a hash, see kaniko's <c>--cache-repo</c>.
/// </summary>
static class LayerCaches
{
    const int HashLength = 64;

    /// <summary>Null where nothing looks like one.</summary>
    public static string? Hint(Survey survey)
    {
        var found = survey.Verdicts.Count(v => v.Kind == Kind.Image && !MediaTypes.IsIndex(v.Manifest.MediaType) && v.Manifest.Tags.Any(IsHash));
        return found switch
        {
            0 => null,
            1 => $"1 image of {survey.Repository} looks like a layer cache (tag of 64 hex digits, as kaniko writes them); give layer caches a repository of their own.",
            _ => $"{Words.Number(found)} images of {survey.Repository} look like layer caches (tag of 64 hex digits, as kaniko writes them); give them a repository of their own.",
        };
    }

    static bool IsHash(string tag) => tag.Length == HashLength && tag.All(char.IsAsciiHexDigitLower);
}
