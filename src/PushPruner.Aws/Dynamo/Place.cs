using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PushPruner.Rules;

namespace PushPruner.Aws.Dynamo;

/// <summary>
/// A place in one of the two orders, as the sort key of its secondary index:
/// <c>2#&lt;stream&gt;#&lt;19 digits&gt;#&lt;digest&gt;</c>. The first part is the version. The stream is <c>image</c>, or 32 hex digits of
/// the SHA-256 of the kind. The digits are ticks (100 ns, all that the clock has). The digest settles ties as the rule does: the smaller
/// comes first.
/// </summary>
static class Place
{
    // Places of other versions are not asked for.
    const string Version = "2#";

    const int TicksLength = 19;
    const int CodeLength = 32;

    /// <summary>What the places of a stream begin with.</summary>
    public static string PrefixOf(string stream) => $"{Version}{CodeOf(stream)}#";

    /// <summary>In ascending order the newest comes first.</summary>
    public static string Newest(string stream, DateTimeOffset pushedAt, Digest digest) =>
        Key(stream, DateTimeOffset.MaxValue.UtcTicks - pushedAt.UtcTicks, digest);

    /// <summary>In ascending order the one that is due for the longest time comes first.</summary>
    public static string Due(string stream, DateTimeOffset dueFrom, Digest digest) => Key(stream, dueFrom.UtcTicks, digest);

    /// <summary>Comes after all that is due from an earlier instant and before all that is due from this one.</summary>
    public static string DueBefore(string stream, DateTimeOffset instant) => Start(stream, instant.UtcTicks);

    public static bool TryReadNewest([NotNullWhen(true)] string? key, string stream, out DateTimeOffset pushedAt, out Digest digest)
    {
        var isRead = TryRead(key, stream, out var inverted, out digest);
        pushedAt = isRead ? new DateTimeOffset(DateTimeOffset.MaxValue.UtcTicks - inverted, TimeSpan.Zero) : default;
        return isRead;
    }

    public static bool TryReadDue([NotNullWhen(true)] string? key, string stream, out DateTimeOffset dueFrom, out Digest digest)
    {
        var isRead = TryRead(key, stream, out var ticks, out digest);
        dueFrom = isRead ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isRead;
    }

    // Whoever pushes an artifact chooses its kind, so the key has a hash: of fixed length, and without the separator of the key.
    static string CodeOf(string stream) =>
        stream == Kind.Image ? Kind.Image : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stream)))[..CodeLength];

    static string Key(string stream, long ticks, Digest digest) => $"{Start(stream, ticks)}#{digest.Value}";

    static string Start(string stream, long ticks) => PrefixOf(stream) + ticks.ToString("D19", CultureInfo.InvariantCulture);

    static bool TryRead([NotNullWhen(true)] string? key, string stream, out long ticks, out Digest digest)
    {
        ticks = 0;
        digest = default;
        var prefix = PrefixOf(stream);
        var digestAt = prefix.Length + TicksLength + 1;
        return key is not null
            && key.Length > digestAt
            && key.StartsWith(prefix, StringComparison.Ordinal)
            && key[digestAt - 1] == '#'
            && long.TryParse(key.AsSpan(prefix.Length, TicksLength), NumberStyles.None, CultureInfo.InvariantCulture, out ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && Digest.TryParse(key[digestAt..], out digest);
    }
}
