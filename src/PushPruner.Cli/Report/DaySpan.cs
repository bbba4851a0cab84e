namespace PushPruner.Cli.Report;

/// <summary>Some days, from an instant on.</summary>
sealed record DaySpan(DateTimeOffset From, int Days)
{
    public DateTimeOffset To => From.AddDays(Days);
}
