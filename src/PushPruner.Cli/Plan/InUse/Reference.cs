using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using PushPruner.Lambda.Events;

namespace PushPruner.Cli.Plan.InUse;

/// <summary>An image as something that runs names it.</summary>
/// <param name="Text">As it was given.</param>
sealed partial record Reference(string Text)
{
    const int LongestText = 1_000;
    const int LongestTag = 128;

    /// <summary>Null for a digest by itself, which may be in any repository.</summary>
    public string? Repository { get; private init; }

    /// <summary>Null when <see cref="Digest"/> says more.</summary>
    public string? Tag { get; private init; }

    public Digest? Digest { get; private init; }

    /// <summary>The ECR registry that it names; null when it names none.</summary>
    public RegistryPlace? Registry { get; private init; }

    /// <summary>True when it names a registry that isn't ECR's.</summary>
    public bool IsOfAnotherKind { get; private init; }

    /// <summary>Whether it may mean this registry: what isn't known of that doesn't exclude it.</summary>
    public bool IsIn(RegistryPlace place) =>
        !IsOfAnotherKind
        && (
            Registry is null
            || ((place.Account is null || Registry.Account == place.Account) && (place.Region is null || Registry.Region == place.Region)));

    /// <summary>
    /// Reads <c>[scheme://][registry/]repository[:tag][@digest]</c>, or a digest by itself. Of tag and digest the digest counts, for a tag
    /// may have moved; neither means <c>latest</c>.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Reference? reference)
    {
        reference = null;
        if (text.Length is 0 or > LongestText)
            return false;

        // docker-pullable://, as Kubernetes writes it.
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var rest = (scheme < 0 ? text : text[(scheme + 3)..]).TrimStart('@');
        if (TryParseDigest(rest, out var bare))
        {
            reference = new(text) { Digest = bare };
            return true;
        }

        Digest? digest = null;
        if (rest.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            if (!TryParseDigest(rest[(at + 1)..], out var named))
                return false;

            digest = named;
            rest = rest[..at];
        }

        return TryParseName(text, rest, digest, out reference);
    }

    static bool TryParseName(string text, string name, Digest? digest, [NotNullWhen(true)] out Reference? reference)
    {
        reference = null;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var hasHost =
            first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        if (hasHost && !Host().IsMatch(first))
            return false;

        var path = hasHost ? name[(slash + 1)..] : name;
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        var tag = colon < 0 ? "latest" : path[(colon + 1)..];
        var repository = colon < 0 ? path : path[..colon];
        if (!RepositoryName.IsValid(repository) || !IsTag(tag))
            return false;

        var ecr = EcrHost().Match(first);
        reference = new(text)
        {
            Repository = repository,
            Tag = digest is null ? tag : null,
            Digest = digest,
            Registry = ecr.Success ? new RegistryPlace(ecr.Groups["account"].Value, ecr.Groups["region"].Value) : null,
            IsOfAnotherKind = hasHost && !ecr.Success,
        };
        return true;
    }

    // The hash of a commit as a tag, app:<40 hex digits>, has the form of a digest with an algorithm named app.
    static bool TryParseDigest(string text, out Digest digest) =>
        PushPruner.Digest.TryParse(text, out digest)
        && (text.StartsWith("sha256:", StringComparison.Ordinal) || text.StartsWith("sha512:", StringComparison.Ordinal));

    public static bool IsTag(string? text) =>
        text is { Length: > 0 and <= LongestTag }
        && text[0] is not ('.' or '-')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Host();

    // Also of other partitions, FIPS, dual-stack (dkr-ecr) and emulators, which end otherwise.
    [GeneratedRegex(
        @"^(?<account>[0-9]{12})\.dkr[.-]ecr(-fips)?\.(?<region>[a-z0-9-]+)\.[A-Za-z0-9.-]+(:[0-9]+)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EcrHost();
}
