using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PushPruner.LocalAws;

/// <summary>The limits of the service's model, and the error that names the one that isn't met.</summary>
static partial class Constraint
{
    internal static readonly string[] TagStatuses = ["TAGGED", "UNTAGGED", "ANY"];
    internal static readonly string[] StatusFilters = ["ACTIVE", "ARCHIVED", "ACTIVATING", "ANY"];
    internal static readonly string[] StorageClasses = ["STANDARD", "ARCHIVE"];
    internal static readonly string[] Mutabilities = ["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"];

    internal static void Present([NotNull] object? value, string parameter)
    {
        if (value is null)
            throw EcrError.InvalidParameter(parameter, "Member must not be null");
    }

    internal static void RepositoryName([NotNull] string? name, string parameter = "repositoryName")
    {
        Present(name, parameter);
        Length(name, parameter, 2, 256);
        Pattern(RepositoryNamePattern(), name, parameter);
    }

    internal static void RegistryId(string? id)
    {
        if (id is not null && (id.Length != 12 || !id.All(char.IsAsciiDigit)))
            throw EcrError.InvalidParameter("registryId", "must satisfy regular expression '[0-9]{12}'");
    }

    internal static void Length(string value, string parameter, int least, int most)
    {
        if (value.Length < least)
            throw EcrError.InvalidParameter(parameter, $"Member must have length greater than or equal to {least}");
        if (value.Length > most)
            throw EcrError.InvalidParameter(parameter, $"Member must have length less than or equal to {most}");
    }

    internal static void Count<T>(IReadOnlyList<T>? list, string parameter, int least, int most)
    {
        if (list?.Count < least)
            throw EcrError.InvalidParameter(parameter, $"Member must have length greater than or equal to {least}");
        if (list?.Count > most)
            throw EcrError.InvalidParameter(parameter, $"Member must have length less than or equal to {most}");
    }

    internal static void MaxResults(int? value)
    {
        if (value < 1)
            throw EcrError.InvalidParameter("maxResults", "Member must have value greater than or equal to 1");
        if (value > 1000)
            throw EcrError.InvalidParameter("maxResults", "Member must have value less than or equal to 1000");
    }

    internal static void OneOf(string? value, string parameter, string[] allowed)
    {
        if (value is not null && !allowed.Contains(value, StringComparer.Ordinal))
            throw EcrError.InvalidParameter(parameter, $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");
    }

    internal static void Filter(ImageFilter? filter)
    {
        OneOf(filter?.TagStatus, "filter.tagStatus", TagStatuses);
        OneOf(filter?.ImageStatus, "filter.imageStatus", StatusFilters);
    }

    internal static bool IsDigest(string digest) => DigestPattern().IsMatch(digest);

    internal static bool IsImageTag(string tag) => ImageTagPattern().IsMatch(tag);

    internal static bool IsTagText(string text) => TagTextPattern().IsMatch(text);

    static void Pattern(Regex pattern, string value, string parameter)
    {
        if (!pattern.IsMatch(value))
            throw EcrError.InvalidParameter(parameter, $"must satisfy regular expression '{pattern.ToString()[2..^2]}'");
    }

    // The model's pattern, anchored.
    [GeneratedRegex(@"\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RepositoryNamePattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+\z", RegexOptions.None, 1000)]
    private static partial Regex DigestPattern();

    // The grammar of the distribution specification; the model says nothing but the length (300).
    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,299}\z", RegexOptions.None, 1000)]
    private static partial Regex ImageTagPattern();

    // "Letters, white space, and numbers", and + - = . _ : / @
    [GeneratedRegex(@"\A[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z", RegexOptions.None, 1000)]
    private static partial Regex TagTextPattern();
}
