using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>A bar that is full as far as a share goes; the number stands beside it.</summary>
static class Meter
{
    public static void Write(Markup html, double share)
    {
        using var svg = html.Open("svg", ("class", "meter"), ("width", "100%"), ("height", "8"), ("aria-hidden", "true"));
        html.Element("rect", "", ("class", "whole"), ("width", "100%"), ("height", "8"), ("rx", "2"));
        html.Element("rect", "", ("class", "part"), ("width", Coordinate.Percent(share * 100)), ("height", "8"), ("rx", "2"));
    }
}
