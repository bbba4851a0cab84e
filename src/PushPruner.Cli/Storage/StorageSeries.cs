namespace PushPruner.Cli.Storage;

/// <summary>What is stored over time under one policy.</summary>
/// <param name="Short">Its name where there is little room.</param>
/// <param name="Points">In the order of time; never empty.</param>
/// <param name="Deleted">Images that went.</param>
/// <param name="Until">The end of the time that is looked at.</param>
sealed record StorageSeries(string Name, string Short, IReadOnlyList<SeriesPoint> Points, int Deleted, DateTimeOffset Until)
{
    public DateTimeOffset From => Points[0].From;

    public SeriesPoint Last => Points[^1];

    public long Peak => Points.Max(p => p.Bytes);

    /// <summary>Bytes stored at an instant; none before the first point.</summary>
    public long At(DateTimeOffset time) => Before(time) is { } point ? point.Bytes : 0;

    /// <summary>Bytes stored when a day ends.</summary>
    public long AtEndOf(DateOnly day) => At(new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddTicks(-1));

    /// <summary>Bytes stored on average over a time, each instant counting alike.</summary>
    public double Average(DateTimeOffset from, DateTimeOffset until)
    {
        var sum = 0.0;
        for (var i = 0; i < Points.Count; i++)
        {
            var begin = Points[i].From > from ? Points[i].From : from;
            var end = i + 1 < Points.Count && Points[i + 1].From < until ? Points[i + 1].From : until;
            if (end > begin)
                sum += Points[i].Bytes * (end - begin).TotalHours;
        }

        return until > from ? sum / (until - from).TotalHours : At(until);
    }

    /// <summary>US dollars for what was stored over a time: each calendar month is billed for its hours.</summary>
    public decimal Cost(DateTimeOffset from, DateTimeOffset until, Price price) => CalendarMonth.Between(from, until).Sum(part =>
        price.Monthly((long)Average(part.From, part.Until)) * (decimal)part.Share);

    /// <summary>As each day ended on which something changed, and the last.</summary>
    public IEnumerable<(DateOnly Day, SeriesPoint Point)> Days()
    {
        for (var i = 0; i < Points.Count; i++)
        {
            var day = DayOf(Points[i].From);
            if (i + 1 == Points.Count || DayOf(Points[i + 1].From) != day)
                yield return (day, Points[i]);
        }

        if (DayOf(Last.From) < DayOf(Until))
            yield return (DayOf(Until), Last);
    }

    /// <summary>Of these no more than so many: the last of each of equal parts of the time.</summary>
    public IEnumerable<(DateOnly Day, SeriesPoint Point)> Days(int most)
    {
        var days = Days().ToList();
        var first = days[0].Day.DayNumber;
        var step = ((days[^1].Day.DayNumber - first) / most) + 1;
        return days.GroupBy(d => (d.Day.DayNumber - first) / step).Select(part => part.Last());
    }

    static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    SeriesPoint? Before(DateTimeOffset time)
    {
        var (low, high) = (0, Points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Points[middle].From <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? null : Points[low - 1];
    }
}

/// <summary>What is stored from an instant on, until the next point.</summary>
sealed record SeriesPoint(DateTimeOffset From, int Images, long Bytes);

/// <summary>A month in UTC, or the part of it that is looked at.</summary>
/// <param name="Share">Of the whole month.</param>
sealed record CalendarMonth(DateTimeOffset From, DateTimeOffset Until, double Share)
{
    public static IEnumerable<CalendarMonth> Between(DateTimeOffset from, DateTimeOffset until)
    {
        for (var at = from; at < until;)
        {
            var first = new DateTimeOffset(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
            var next = first.AddMonths(1);
            var end = next < until ? next : until;
            yield return new CalendarMonth(at, end, (end - at) / (next - first));
            at = next;
        }
    }
}
