using PushPruner.Cli.Storage;

namespace PushPruner.Cli.Simulate;

/// <summary>The same history under several policies.</summary>
/// <param name="Courses">
/// Without pruning first, then each policy; all from and until the same instants. Empty when nothing has a time.
/// </param>
/// <param name="Repositories">How many were looked at.</param>
sealed record Simulation(IReadOnlyList<StorageSeries> Courses, int Repositories)
{
    public StorageSeries Without => Courses[0];

    public IEnumerable<StorageSeries> Policies => Courses.Skip(1);

    /// <summary>The first and the last as far as the history goes.</summary>
    public IEnumerable<CalendarMonth> Months() => CalendarMonth.Between(Without.From, Without.Until);
}
