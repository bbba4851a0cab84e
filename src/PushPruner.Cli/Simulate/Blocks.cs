using PushPruner.Cli.Storage;

namespace PushPruner.Cli.Simulate;

/// <summary>A course as a line of characters, each as high as what was stored in its part of the time.</summary>
static class Blocks
{
    const string Heights = " ▁▂▃▄▅▆▇█";

    /// <param name="most">What a full block stands for.</param>
    /// <param name="width">In characters.</param>
    public static string Of(StorageSeries series, long most, int width)
    {
        var step = (series.Until - series.From) / width;
        return string.Concat(Enumerable.Range(1, width).Select(n => Of(series.At(series.From + (n * step)), most)));
    }

    // What is there at all is seen.
    static char Of(long bytes, long most) =>
        bytes == 0 ? Heights[0] : Heights[Math.Max(1, (int)Math.Round(bytes * (Heights.Length - 1.0) / most))];
}
