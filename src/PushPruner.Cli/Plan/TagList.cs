using System.Globalization;

namespace PushPruner.Cli.Plan;

/// <summary>The tags of a manifest, as many as a line takes.</summary>
static class TagList
{
    const int Most = 5;

    public static string Of(Manifest manifest) => manifest.Tags.Count == 0
        ? "untagged"
        : string.Join(", ", manifest.Tags.Take(Most)) + (manifest.Tags.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {manifest.Tags.Count - Most} more") : "");
}
