namespace PushPruner.Cli.Amounts;

/// <summary>What storage costs.</summary>
/// <param name="PerGigabyteMonth">US dollars for 10^9 bytes kept a month.</param>
sealed record Price(decimal PerGigabyteMonth)
{
    const decimal BytesPerGigabyte = 1_000_000_000;
    const int MonthsOfAYear = 12;
    const decimal WithoutCents = 1_000;

    /// <summary>ECR's private storage in us-east-1 and most regions, in 2026.</summary>
    public static Price Default { get; } = new(0.10m);

    public static Option<Price> CreateOption() => SettingOption.Of(
        "--price",
        "DOLLARS",
        $"What a GB costs a month; {Default.PerGigabyteMonth.ToString(CultureInfo.InvariantCulture)} if not given, ECR's in most regions.",
        Read);

    public decimal Monthly(long bytes) => bytes / BytesPerGigabyte * PerGigabyteMonth;

    /// <summary>"$12.34", "$1,234" without cents, "$0.00" for what is less than half a cent.</summary>
    public string Shown(long bytes) => Dollars(Monthly(bytes));

    /// <summary>What a year of it costs, as storage is now: in whole dollars, where there is one.</summary>
    public string ShownAYear(long bytes) =>
        Monthly(bytes) * MonthsOfAYear is var amount && amount < 10 ? Dollars(amount) : WholeDollars(amount);

    /// <inheritdoc cref="Shown"/>
    public static string Dollars(decimal amount) =>
        amount >= WithoutCents ? WholeDollars(amount) : amount.ToString("$#,0.00;-$#,0.00", CultureInfo.InvariantCulture);

    static string WholeDollars(decimal amount) => amount.ToString("$#,0;-$#,0", CultureInfo.InvariantCulture);

    static Price Read(string name, string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars)
        && dollars is >= 0 and <= 1_000
            ? new Price(dollars)
            : throw new SettingException(name, text, "dollars for a GB and month, such as 0.10");
}

/// <summary>Sizes for people, in the decimal units that ECR bills by.</summary>
static class Bytes
{
    static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    public static string Shown(long bytes)
    {
        double value = bytes;
        var unit = 0;
        for (; value >= 999.95 && unit < Units.Length - 1; unit++)
            value /= 1_000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}

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
