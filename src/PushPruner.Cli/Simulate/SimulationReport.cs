using PushPruner.Cli.Storage;

namespace PushPruner.Cli.Simulate;

/// <summary>A simulation and what is told with it.</summary>
/// <param name="Failed">Repositories that couldn't be looked at, and are in none of the numbers.</param>
sealed record SimulationReport(Simulation Simulation, SnapshotRun Seen, Price Price, IReadOnlyList<SnapshotReport> Failed)
{
    /// <summary>What was stored without pruning cost so much more, from the first push on.</summary>
    public decimal Saved(StorageSeries series) => Cost(Simulation.Without) - Cost(series);

    public decimal Cost(StorageSeries series) => series.Cost(series.From, series.Until, Price);

    /// <summary>Whether layers were to be counted, and not images.</summary>
    public bool HasLayers { get; init; }

    /// <summary>Null where they were not, or where no manifest could be read.</summary>
    public LayerTotal? Layers { get; init; }

    /// <summary>How far bytes and costs can be relied on. A history says what was pushed, and not what of it was shared.</summary>
    public Bound Bound => HasLayers ? Layers?.FreedIs ?? Bound.About : Bound.AtMost;

    /// <summary>What it comes to, of the policy in question; null when nothing was stored.</summary>
    public string? Sentence
    {
        get
        {
            if (Simulation.Courses.Count == 0)
                return null;

            var (without, own) = (Simulation.Without, Simulation.Policies.First());
            var since = without.From.UtcDateTime.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
            var policy = char.ToUpperInvariant(own.Name[0]) + own.Name[1..].Replace(", ", " and ", StringComparison.Ordinal);
            return $"{policy} would have cost {Bound.Before()}{Price.Dollars(Cost(own))}"
                + $" instead of {Bound.Before()}{Price.Dollars(Cost(without))} since {since}.";
        }
    }

    public IEnumerable<string> Notes =>
        [Counting, .. Uncounted, "MAX_DELETES is not played: a run that it halts deletes later.", .. NotesOn(Seen.Source), .. Seen.Notes];

    IEnumerable<string> Uncounted =>
        Layers is { Missing: > 0 and var missing }
            ?
            [
                $"In {TextFormat.Repositories(missing)} no manifest could be read; nothing of "
                    + $"{(missing == 1 ? "it" : "them")} is counted in bytes and costs.",
            ]
            : [];

    string Counting => HasLayers
        ? Layers?.Counting ?? "No manifest could be read, so nobody knows the bytes."
        : Seen.Source is HistorySource
            ? "Sizes and costs are upper bounds: a layer that images share is counted in each of them."
            : "Sizes and costs are upper bounds: a layer that images share is counted in each of them. --layers counts each layer once.";

    static IEnumerable<string> NotesOn(ISource source) => source is HistorySource
        ? ["The history is taken to be all there ever was."]
        :
        [
            "What was deleted before isn't known: the past was larger than this.",
            "Tags are those of today: a tag that has moved on protects nothing in the past, and one that protects today always did.",
        ];
}

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
