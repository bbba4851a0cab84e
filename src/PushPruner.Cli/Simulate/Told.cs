using PushPruner.Cli.Surveys;

namespace PushPruner.Cli.Simulate;

/// <summary>A simulation and what is told with it.</summary>
/// <param name="Failed">Repositories that couldn't be looked at, and are in none of the numbers.</param>
sealed record Told(Simulation Simulation, Sighting Seen, Price Price, IReadOnlyList<SurveyReport> Failed)
{
    /// <summary>What was stored without pruning cost so much more, from the first push on.</summary>
    public decimal Saved(Course course) => Cost(Simulation.Without) - Cost(course);

    public decimal Cost(Course course) => course.Cost(course.From, course.Until, Price);

    public IEnumerable<string> Notes => [.. NotesOn(Seen.Source), .. Seen.Source.Notes];

    static IEnumerable<string> NotesOn(ISource source) => source is HistorySource
        ? ["The history is taken to be all there ever was."]
        :
        [
            "What was deleted before isn't known: the past was larger than this.",
            "Tags are those of today: a tag that has moved on protects nothing in the past, and one that protects today always did.",
        ];
}
