namespace PushPruner.Cli.Report.Charts;

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
