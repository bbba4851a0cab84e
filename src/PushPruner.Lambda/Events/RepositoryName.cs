using System.Diagnostics.CodeAnalysis;

namespace PushPruner.Lambda.Events;

/// <summary>ECR's rule for the names of repositories. By hand: an expression engine is a sixteenth of the function's size.</summary>
public static class RepositoryName
{
    public static bool IsValid([NotNullWhen(true)] string? name) =>
        name is { Length: >= 2 and <= 256 } && name.Split('/').All(IsComponent);

    // Letters and digits, with single dots, one or two underscores, or any number of hyphens between them.
    static bool IsComponent(string text)
    {
        if (text.Length == 0 || !IsAlphanumeric(text[0]) || !IsAlphanumeric(text[^1]))
            return false;

        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && !IsAlphanumeric(text[at]))
                at++;

            var isSeparator =
                text.AsSpan(start, at - start) is "" or "." or "_" or "__" || text.AsSpan(start, at - start).TrimStart('-').IsEmpty;
            if (!isSeparator)
                return false;

            while (at < text.Length && IsAlphanumeric(text[at]))
                at++;
        }

        return true;
    }

    static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
