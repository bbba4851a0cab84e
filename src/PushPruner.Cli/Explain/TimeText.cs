namespace PushPruner.Cli.Explain;

/// <summary>Instants and ages for people.</summary>
static class TimeText
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly TimeSpan TenthOfADay = TimeSpan.FromDays(0.1);

    /// <summary>To the minute, as a clock shows it.</summary>
    public static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The first whole minute that is not before it: "after" that is then true to the letter.</summary>
    public static string After(DateTimeOffset time)
    {
        var over = time.UtcTicks % Minute.Ticks;
        return At(over == 0 ? time : time.AddTicks(Minute.Ticks - over));
    }

    /// <summary>Rounded down, as the rule's own reasons are of what is kept.</summary>
    public static string Age(TimeSpan age) => age < TenthOfADay ? Short(age) : Days(Math.Floor(age.TotalDays * 10));

    /// <summary>Rounded up, as the rule's own reasons are of what goes.</summary>
    public static string AgeAtTheEnd(TimeSpan age) => Days(Math.Ceiling(Math.Max(age.TotalDays, 0) * 10));

    // "0.0 days" says nothing of an image that was pushed just now.
    static string Short(TimeSpan age) => age < Minute
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.Seconds)} seconds")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalMinutes)} minutes");

    static string Days(double tenths) => string.Create(CultureInfo.InvariantCulture, $"{tenths / 10:0.0} days");
}
