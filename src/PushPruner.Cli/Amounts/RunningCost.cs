namespace PushPruner.Cli.Amounts;

/// <summary>What a deployed stack costs a month by itself, in US dollars; docs/metrics.md and README.md say what it is made of.</summary>
static class RunningCost
{
    // 20 alarms, and the metrics of a stack that prunes every hour.
    const decimal AlarmsAndMetrics = 4m;

    // A cent for each hundred repositories a week.
    const decimal ReconcileOfOne = 0.0001m * 52 / 12;

    public static decimal Monthly(int repositories) => AlarmsAndMetrics + (ReconcileOfOne * repositories);

    /// <summary>In whole dollars: it is an estimate.</summary>
    public static string Shown(int repositories) =>
        decimal.Round(Monthly(repositories)).ToString("$#,0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What it costs beside what it saves.</summary>
    public static string Sentence(int repositories, decimal saved) =>
        $"A deployed stack costs some {Shown(repositories)} a month (alarms, metrics and the weekly reconcile)"
            + (saved < Monthly(repositories) ? ", more than it would save here." : ".");
}
