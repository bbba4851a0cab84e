using System.Text;

namespace PushPruner.LocalAws;

/// <summary>
/// Where a page ended, opaque to callers. It names a place in the order of digests and not a row, so that it stays valid
/// while images come and go.
/// </summary>
static class PageToken
{
    internal static string Of(string operation, string digest, string? tag = null) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{operation} {digest} {tag}"));

    internal static (string? Digest, string? Tag) Read(string? token, string operation)
    {
        if (token is null)
            return default;

        var bytes = new byte[token.Length];
        var parts = Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(' ')
            : [];
        return parts is [var of, var digest, var tag] && string.Equals(of, operation, StringComparison.Ordinal)
            ? (digest, tag.Length > 0 ? tag : null)
            : throw EcrError.InvalidParameter("nextToken", "Invalid token");
    }
}
