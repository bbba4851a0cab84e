using System.Buffers;

namespace PushPruner.Cli.Output;

/// <summary>Numbers and policies in words.</summary>
static class TextFormat
{
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"1 image", "1,204 images".</summary>
    public static string Count(long number, string one) => Count(number, one, $"{one}s");

    /// <inheritdoc cref="Count(long, string)"/>
    public static string Count(long number, string one, string many) => $"{Number(number)} {(number == 1 ? one : many)}";

    public static string Images(long number) => Count(number, "image");

    public static string Manifests(long number) => Count(number, "manifest");

    public static string Repositories(long number) => Count(number, "repository", "repositories");

    /// <summary>" and 5 more" after a list of which so many are left out; nothing if all of them are there.</summary>
    public static string AndMore(long leftOut) => leftOut > 0 ? $" and {Number(leftOut)} more" : "";

    /// <summary>The first names of a list, and how many are left out.</summary>
    public static string Some<T>(IReadOnlyCollection<T> names, int most) =>
        string.Join(", ", names.Take(most)) + AndMore(names.Count - most);

    public static string Sentence(RetentionPolicy policy)
    {
        var pulled = policy.KeepPulledFor == TimeSpan.Zero ? "" : $", what was pulled within {Days(policy.KeepPulledFor)}";
        var protects = policy.ProtectTags.Patterns.Count == 0 ? "" : $", and what a tag protects ({policy.ProtectTags})";
        return $"Keeping the newest {policy.KeepNewest} and everything up to {Days(policy.KeepFor)} old{pulled}{protects}.";
    }

    static string Days(TimeSpan time) => $"{time.TotalDays.ToString(CultureInfo.InvariantCulture)} days";
}

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

/// <summary>Arguments as a shell takes them.</summary>
static class Shell
{
    static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:=,@%+-");

    public static string Quote(string argument) =>
        argument.Length > 0 && !argument.AsSpan().ContainsAnyExcept(Plain)
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
