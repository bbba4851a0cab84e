using System.Globalization;

namespace PushPruner.Benchmarks.Tables;

/// <summary>Figures as the tables show them.</summary>
static class Figure
{
    public static string Of(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    public static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString(time.TotalMilliseconds < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    public static string Kilobytes(long bytes) => (bytes / 1000d).ToString(bytes < 10_000 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>Bytes as /proc counts them, in kB of 1,024.</summary>
    public static string Megabytes(int kilobytes) => (kilobytes / 1024d).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Dollars(double dollars) =>
        dollars.ToString(dollars is < 0.01 and > 0 ? "$0.0000" : "$#,0.00", CultureInfo.InvariantCulture);

    public static T Median<T>(IEnumerable<T> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
