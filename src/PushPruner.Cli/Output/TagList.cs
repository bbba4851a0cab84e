using System.Globalization;

namespace PushPruner.Cli.Output;

/// <summary>The tags of a manifest, as many as a line takes.</summary>
static class TagList
{
    const int Most = 5;

    public static string Of(Manifest manifest) => Of(manifest.Tags);

    public static string Of(IReadOnlyList<string> tags) =>
        tags.Count == 0
            ? "untagged"
            : string.Join(", ", tags.Take(Most))
                + (tags.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {tags.Count - Most} more") : "");
}
