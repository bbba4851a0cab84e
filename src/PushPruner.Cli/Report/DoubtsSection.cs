namespace PushPruner.Cli.Report;

/// <summary>The images in doubt, as far as there is room.</summary>
static class DoubtsSection
{
    public static void Write(Markup html, Findings found)
    {
        if (found.Doubts.Count == 0)
            return;

        using var section = html.Open("section", ("aria-labelledby", "doubts"));
        html.Element("h2", "Images in doubt", ("id", "doubts"));
        html.Element("p", "Something about these can't be established: they stay, and take no place among the newest.", ("class", "muted"));
        using (html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Table: images in doubt")))
        using (html.Open("table"))
        {
            using (html.Open("thead"))
            using (html.Open("tr"))
                html.Element("th", "Image", ("scope", "col")).Element("th", "Repository", ("scope", "col")).Element("th", "Why", ("scope", "col"));
            using var body = html.Open("tbody");
            foreach (var doubt in found.Doubts)
            {
                using var row = html.Open("tr");
                using (html.Open("th", ("scope", "row")))
                    html.Foreign(doubt.Name);
                using (html.Open("td"))
                    html.Foreign(doubt.Repository);
                html.Element("td", Names.CutMessage(doubt.Reason), ("class", "why"));
            }
        }

        var left = found.Total().Doubts - found.Doubts.Count;
        if (left > 0)
            html.Element("p", $"And {Words.Number(left)} more: pushpruner plan --details names each.");
    }
}
