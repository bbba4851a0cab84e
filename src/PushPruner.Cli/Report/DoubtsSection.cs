using PushPruner.Cli.Output;

namespace PushPruner.Cli.Report;

/// <summary>The images in doubt, as far as there is room.</summary>
static class DoubtsSection
{
    const int MostReasons = 5;

    public static void Write(Markup html, Findings found)
    {
        if (found.Doubts.Count == 0)
            return;

        using var section = html.Open("section", ("aria-labelledby", "doubts"));
        html.Element("h2", "Images in doubt", ("id", "doubts"));
        html.Element(
            "p", "Something about these can't be established: they are kept, and take no place among the newest.", ("class", "muted"));
        using (html.Open("ul", ("class", "reasons")))
        {
            foreach (var (reason, count) in found.ReasonsOfDoubt.Take(MostReasons))
                html.Element("li", $"{TextFormat.Number(count)} {Names.CutMessage(reason)}");
        }

        new DataTable(html) { Name = "images in doubt" }.Text("Image").Text("Repository").Why("Why")
            .Write(found.Doubts, (row, doubt) => row.Header(doubt.Name).Foreign(doubt.Repository).Cell(Names.CutMessage(doubt.Reason)));
        var left = found.Total().Doubts - found.Doubts.Count;
        if (left > 0)
            html.Element("p", $"And {TextFormat.Number(left)} more: pushpruner plan --details names each.");
    }
}
