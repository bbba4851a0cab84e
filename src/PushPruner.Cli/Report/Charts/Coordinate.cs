using System.Globalization;

namespace PushPruner.Cli.Report.Charts;

/// <summary>
/// Numbers of a drawing. What lies along the time is in percent of the width, so that a drawing fits any screen while its text and its
/// marks keep their size.
/// </summary>
static class Coordinate
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share:0.##}%");

    public static string Of(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
