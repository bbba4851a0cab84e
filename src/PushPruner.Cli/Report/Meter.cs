using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>A bar that is full as far as a share goes; the number stands beside it.</summary>
static class Meter
{
    /// <param name="part">Percent of the width that is full.</param>
    /// <param name="whole">Percent of the width that the bar takes.</param>
    public static void Write(Markup html, double part, double whole = 100, int height = 8)
    {
        html.Write($"""<svg class="meter" width="100%" height="{height}" aria-hidden="true">""");
        html.Write($"""<rect class="whole" width="{Coordinate.Percent(whole)}" height="{height}" rx="2"></rect>""");
        html.Write($"""<rect class="part" width="{Coordinate.Percent(part)}" height="{height}" rx="2"></rect></svg>""");
    }
}
