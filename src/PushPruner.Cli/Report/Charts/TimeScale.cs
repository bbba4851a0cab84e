namespace PushPruner.Cli.Report.Charts;

/// <summary>An axis of time, with ticks where days, weeks, months or years begin.</summary>
sealed class TimeScale
{
    const int MostTicks = 5;
    const double DaysOfMonth = 30.4;

    static readonly int[] Days = [1, 2, 7, 14];
    static readonly int[] Months = [1, 2, 3, 6, 12, 24, 60, 120];
    static readonly DateOnly AMonday = new(2024, 1, 1);

    readonly DateTimeOffset from;
    readonly TimeSpan span;

    public TimeScale(DateTimeOffset from, DateTimeOffset to)
    {
        this.from = from;
        span = to - from < TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : to - from;
        Ticks = [.. TicksBetween(from.UtcDateTime, (from + span).UtcDateTime)];
    }

    public IReadOnlyList<(DateTimeOffset At, string Label)> Ticks { get; }

    /// <summary>0 at the beginning to 100 at the end; what lies beyond stands at the edge.</summary>
    public double Of(DateTimeOffset time) => Math.Clamp((time - from) / span, 0, 1) * 100;

    /// <inheritdoc cref="Of(DateTimeOffset)"/>
    public double Of(DateOnly day) => Of(Midnight(day));

    public bool IsWithin(DateTimeOffset time) => time >= from && time <= from + span;

    static IEnumerable<(DateTimeOffset At, string Label)> TicksBetween(DateTime start, DateTime end)
    {
        var days = (end - start).TotalDays;
        var step = Days.FirstOrDefault(d => days / d <= MostTicks);
        var ticks =
            step > 0
                ? DayTicks(start, end, step)
                : MonthTicks(start, end, Months.FirstOrDefault(m => days / (m * DaysOfMonth) <= MostTicks, Months[^1]));
        return ticks.Select(t => (Midnight(t.Day), t.Label));
    }

    static IEnumerable<(DateOnly Day, string Label)> DayTicks(DateTime start, DateTime end, int step)
    {
        var day = DateOnly.FromDateTime(start).AddDays(start.TimeOfDay > TimeSpan.Zero ? 1 : 0);
        day = day.AddDays(Modulo(AMonday.DayNumber - day.DayNumber, step));
        for (; day <= DateOnly.FromDateTime(end); day = day.AddDays(step))
            yield return (day, day.ToString("d MMM", CultureInfo.InvariantCulture));
    }

    // The year once: where it begins, or at the first of all.
    static IEnumerable<(DateOnly Day, string Label)> MonthTicks(DateTime start, DateTime end, int step)
    {
        var told = 0;
        var count = (start.Year * 12) + start.Month;
        for (count += Modulo(-count, step); count <= (end.Year * 12) + end.Month - 1; count += step)
        {
            var month = new DateOnly(count / 12, (count % 12) + 1, 1);
            var format = (step % 12, month.Year == told) switch
            {
                (0, _) => "yyyy",
                (_, true) => "MMM",
                _ => "MMM yyyy",
            };
            told = month.Year;
            yield return (month, month.ToString(format, CultureInfo.InvariantCulture));
        }
    }

    static int Modulo(int number, int by) => ((number % by) + by) % by;

    static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
