namespace PushPruner.Cli.Report.Charts;

/// <summary>One line of a chart: bytes over the days.</summary>
/// <param name="Points">In the order of the days; between two of them nothing changes.</param>
sealed record Line(string Name, IReadOnlyList<(DateOnly Day, long Bytes)> Points)
{
    /// <summary>What it ends with.</summary>
    public long Last => Points[^1].Bytes;

    /// <summary>At the end of a day; zero before the first.</summary>
    public long At(DateOnly day) => Points.LastOrDefault(p => p.Day <= day).Bytes;
}
