namespace PushPruner.Cli.Report.Charts;

/// <summary>How high each mark of a timeline stands: single ones beside or on each other, those of several images as bars.</summary>
static class MarkPlaces
{
    const double Room = 1.15;
    const int Lowest = 6;
    const int LevelHeight = 10;
    const int MostLevels = 24;
    const int HighestBar = 90;
    const double LowestBar = 3;

    /// <returns>
    /// For each mark its distance from the baseline (of a bar, of its foot) and how high it is itself (a single one: not at all).
    /// </returns>
    public static IReadOnlyList<(double Foot, double Height)> Of(IReadOnlyList<Mark> marks, TimeScale times)
    {
        var levels = new Levels(Room);
        var highest = marks.GroupBy(m => m.Span).Max(g => g.Sum(m => m.Count));
        var piled = new Dictionary<DaySpan, double>();
        var places = new List<(double Foot, double Height)>();
        foreach (var mark in marks)
        {
            if (mark.Span is not { } span)
            {
                places.Add((Lowest + (Math.Min(levels.Place(times.Of(mark.At)), MostLevels) * LevelHeight), 0));
                continue;
            }

            var foot = piled.GetValueOrDefault(span);
            var height = Math.Max(LowestBar, (double)HighestBar * mark.Count / highest);
            places.Add((foot, height));
            piled[span] = foot + height;
        }

        return places;
    }
}

/// <summary>Lifts marks that would lie on each other: each stands at its very time, on the lowest level that has room for it.</summary>
sealed class Levels(double room)
{
    readonly List<double> ends = [];

    public int Count => ends.Count;

    /// <param name="at">Not before the one given last.</param>
    /// <returns>The level, 0 the lowest.</returns>
    public int Place(double at)
    {
        var level = ends.FindIndex(end => at - end >= room);
        if (level < 0)
        {
            ends.Add(at);
            return ends.Count - 1;
        }

        ends[level] = at;
        return level;
    }
}
