namespace PushPruner.Cli.Report;

/// <summary>The images in doubt, as far as there is room.</summary>
static class DoubtsSection
{
    const int MostReasons = 5;

    public static void Write(Markup html, Findings found)
    {
        if (found.Doubts.Count == 0)
            return;

        using var section = html.Section("doubts", "Images in doubt");
        html.Muted("Something about these can't be established: they are kept, and take no place among the newest.");
        using (html.Open("ul", ("class", "reasons")))
        {
            foreach (var (reason, count) in found.ReasonsOfDoubt.Take(MostReasons))
                html.Element("li", $"{TextFormat.Number(count)} {Names.CutMessage(reason)}");
        }

        new DataTable<Doubt>("images in doubt")
            .Header("Image", doubt => doubt.Name)
            .Foreign("Repository", doubt => doubt.Repository)
            .Why("Why", doubt => Names.CutMessage(doubt.Reason))
            .Write(html, found.Doubts);
        var left = found.Total().Doubts - found.Doubts.Count;
        if (left > 0)
            html.Element("p", $"And {TextFormat.Number(left)} more: pushpruner plan --details names each.");
    }
}
