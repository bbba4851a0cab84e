using System.Globalization;

namespace PushPruner.Cli.Amounts;

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
