namespace PushPruner.Cli.Saved;

/// <summary>A time as the AWS CLI, or what stands between it and the file, writes it.</summary>
static class SavedTime
{
    // More than this in seconds is beyond the calendar: such a number counts milliseconds.
    const double MostSeconds = 100_000_000_000;

    // The most that a time may be, in seconds: the year 9000.
    const double LatestSeconds = 221_845_392_000;

    /// <summary>
    /// Epoch seconds, whole or with a fraction, also as text; epoch milliseconds; ISO 8601 with any offset, with or without a fraction,
    /// with a T or a blank. Without a zone it is UTC. Null for anything else.
    /// </summary>
    public static (DateTimeOffset Time, bool HasZone)? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) => OfEpoch(number),
        JsonValueKind.String => OfText(value.GetString()!.Trim()),
        _ => null,
    };

    static (DateTimeOffset, bool)? OfText(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return OfEpoch(number);
        // Without the year first it is a notation whose day and month nobody can tell.
        if (text.Length < 10 || !char.IsAsciiDigit(text[0]) || text[4] != '-')
            return null;

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(Shortened(text), CultureInfo.InvariantCulture, utc, out var time))
            return null;

        var clock = text.AsSpan(10);
        return (time, clock.EndsWith("Z", StringComparison.OrdinalIgnoreCase) || clock.ContainsAny('+', '-'));
    }

    // Nine decimals, as Java prints them, are two more than a time here can hold.
    static string Shortened(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            return text;

        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - point > 8 ? text[..(point + 8)] + text[end..] : text;
    }

    static (DateTimeOffset, bool)? OfEpoch(double number)
    {
        var seconds = number > MostSeconds ? number / 1_000 : number;
        return seconds is >= 0 and < LatestSeconds
            ? (DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(Math.Round(seconds * 1_000)), true)
            : null;
    }
}
