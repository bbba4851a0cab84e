using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PushPruner.Aws.Dynamo;

/// <summary>
/// A place in one of the two orders, as the sort key of its index: <c>1#&lt;19 digits&gt;#&lt;digest&gt;</c>. The first is the version, the
/// digits are ticks (100 ns, all that the clock has), and the digest settles ties as the rule does: the smaller comes first.
/// </summary>
static class Place
{
    /// <summary>What the places of this version begin with. Those of others are not asked for.</summary>
    public const string Prefix = "1#";

    const int TicksLength = 19;

    /// <summary>In ascending order the newest comes first.</summary>
    public static string Newest(DateTimeOffset pushedAt, Digest digest) => Key(DateTimeOffset.MaxValue.UtcTicks - pushedAt.UtcTicks, digest);

    /// <summary>In ascending order the longest due comes first.</summary>
    public static string Due(DateTimeOffset dueFrom, Digest digest) => Key(dueFrom.UtcTicks, digest);

    /// <summary>Comes after all that is due from an earlier instant and before all that is due from this one.</summary>
    public static string DueBefore(DateTimeOffset instant) => Start(instant.UtcTicks);

    public static bool TryReadNewest([NotNullWhen(true)] string? key, out DateTimeOffset pushedAt, out Digest digest)
    {
        var isRead = TryRead(key, out var inverted, out digest);
        pushedAt = isRead ? new DateTimeOffset(DateTimeOffset.MaxValue.UtcTicks - inverted, TimeSpan.Zero) : default;
        return isRead;
    }

    public static bool TryReadDue([NotNullWhen(true)] string? key, out DateTimeOffset dueFrom, out Digest digest)
    {
        var isRead = TryRead(key, out var ticks, out digest);
        dueFrom = isRead ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isRead;
    }

    static string Key(long ticks, Digest digest) => $"{Start(ticks)}#{digest.Value}";

    static string Start(long ticks) => Prefix + ticks.ToString("D19", CultureInfo.InvariantCulture);

    static bool TryRead([NotNullWhen(true)] string? key, out long ticks, out Digest digest)
    {
        const int digestAt = 2 + TicksLength + 1;
        ticks = 0;
        digest = default;
        return key is { Length: > digestAt }
            && key.StartsWith(Prefix, StringComparison.Ordinal)
            && key[digestAt - 1] == '#'
            && long.TryParse(key.AsSpan(Prefix.Length, TicksLength), NumberStyles.None, CultureInfo.InvariantCulture, out ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && Digest.TryParse(key[digestAt..], out digest);
    }
}
