using PushPruner.Cli.Surveys;

namespace PushPruner.Cli.Simulate;

/// <summary>A simulation and what is told with it.</summary>
/// <param name="Failed">Repositories that couldn't be looked at, and are in none of the numbers.</param>
sealed record Told(Simulation Simulation, Sighting Seen, Price Price, IReadOnlyList<SurveyReport> Failed)
{
    /// <summary>What was stored without pruning cost so much more, from the first push on.</summary>
    public decimal Saved(Course course) => Cost(Simulation.Without) - Cost(course);

    public decimal Cost(Course course) => course.Cost(course.From, course.Until, Price);

    public IEnumerable<string> Notes => Seen.Source.Notes.Prepend(
        Seen.Source is HistorySource ? "The history is taken to be all there ever was." : "What was deleted before isn't known: the past was larger than this.");
}
