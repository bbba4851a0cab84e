namespace PushPruner.Cli.Storage;

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
