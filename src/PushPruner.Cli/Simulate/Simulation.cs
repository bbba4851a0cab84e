namespace PushPruner.Cli.Simulate;

/// <summary>The same history under several policies.</summary>
/// <param name="Courses">Without pruning first, then each policy; all from and until the same instants. Empty when nothing has a time.</param>
/// <param name="Repositories">How many were looked at.</param>
sealed record Simulation(IReadOnlyList<Course> Courses, int Repositories)
{
    public Course Without => Courses[0];

    public IEnumerable<Course> Policies => Courses.Skip(1);

    /// <summary>Calendar months in UTC, the first and the last as far as the history goes.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Months()
    {
        for (var from = Without.From; from < Without.Until;)
        {
            var next = new DateTimeOffset(from.Year, from.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            yield return (from, next < Without.Until ? next : Without.Until);
            from = next;
        }
    }
}
