using System.Diagnostics.CodeAnalysis;
using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Explain;

/// <summary>The image that is asked about.</summary>
/// <param name="Place">Where it is: a repository, and the registry if that was named too.</param>
/// <param name="Name">A tag, a digest, or how a digest begins.</param>
sealed record ImageQuery(Reference Place, string Name)
{
    const string Sha256 = "sha256:";
    const int FewestDigits = 7;
    const int MostDigits = 64;

    public string Repository => Place.Repository!;

    /// <summary>The digest, where all of it was given.</summary>
    public Digest? Digest => PushPruner.Digest.TryParse(Name, out var digest) ? digest : null;

    /// <summary>
    /// Reads <c>REPOSITORY TAG</c> and <c>REPOSITORY DIGEST</c>, or one of <c>REPOSITORY:TAG</c>, <c>REPOSITORY@DIGEST</c> and
    /// <c>REPOSITORY:TAG@DIGEST</c>, in which the digest counts. The repository may have its registry in front, and of a digest the first
    /// seven digits suffice.
    /// </summary>
    public static bool TryRead(IReadOnlyList<string> texts, [NotNullWhen(true)] out ImageQuery? query)
    {
        query = null;
        var (place, name) = texts is [var whole] ? Split(whole) : (texts[0], texts[1]);
        if (name is null)
            return false;

        // It takes no tag for the latest one, and here that wasn't meant.
        if (!Reference.TryParse(place, out var reference)
            || reference.Repository is null
            || reference.IsOfAnotherKind
            || (texts.Count == 2 && reference.Text != WithoutTag(place)))
        {
            return false;
        }

        query = new(reference, name);
        return (Reference.TryParse($"a/b:{name}", out var tagged) && tagged.Tag == name)
            || query.Digest is not null
            || DigitsOf(name) is { Length: <= MostDigits };
    }

    /// <summary>Whether a manifest is the one that is meant; of one that is meant by its tag nothing else is asked.</summary>
    public bool IsTagIn(IReadOnlyList<string> tags) => tags.Contains(Name, StringComparer.Ordinal);

    public bool IsStartOf(Digest digest) =>
        digest == Digest || (DigitsOf(Name) is { } digits && digest.Value.StartsWith(Sha256 + digits, StringComparison.Ordinal));

    static (string Place, string? Name) Split(string text)
    {
        if (text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
            return (text[..at], text[(at + 1)..]);

        var place = WithoutTag(text);
        return place == text ? (text, null) : (place, text[(place.Length + 1)..]);
    }

    // A colon before the last slash is that of a port.
    static string WithoutTag(string text) => text.IndexOf(':', text.LastIndexOf('/') + 1) is >= 0 and var colon ? text[..colon] : text;

    static string? DigitsOf(string name)
    {
        var digits = name.StartsWith(Sha256, StringComparison.Ordinal) ? name[Sha256.Length..] : name;
        return digits.Length >= FewestDigits && digits.All(char.IsAsciiHexDigitLower) ? digits : null;
    }
}
