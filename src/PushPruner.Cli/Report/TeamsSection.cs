using PushPruner.Cli.Output;

namespace PushPruner.Cli.Report;

/// <summary>The repositories by the first part of their names, with sums.</summary>
static class TeamsSection
{
    const int MostTeams = 200;

    public static void Write(Markup html, Findings found)
    {
        var teams = found.Teams();
        if (teams.Count == 0)
            return;

        var counts = found.Repositories.CountBy(r => r.Team, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        using var section = html.Open("section", ("aria-labelledby", "teams"));
        html.Element("h2", "By team", ("id", "teams"));
        html.Element("p", "By the first part of the repository's name.", ("class", "muted"));
        new DataTable(html) { Name = "teams by storage freed", Class = "teams" }
            .Text("Team")
            .Number("Saves a month")
            .Number("Frees")
            .Number("Stored")
            .Number("To delete")
            .Number("Images")
            .Number("Repositories")
            .Write(
                teams.Take(MostTeams),
                (row, team) => (team.Name.Length == 0 ? row.OwnHeader("(no team)") : row.Header($"{team.Name}/"))
                    .Cell(team.Freed.MonthlyInCell(found.Price)).Cell(team.Freed.InCell).Cell(team.Stored.InCell)
                    .Cell(TextFormat.Number(team.Expired)).Cell(TextFormat.Number(team.Images)).Cell(TextFormat.Number(counts[team.Name])),
                sorted: "Frees");
        if (teams.Count > MostTeams)
            html.Element("p", $"And {TextFormat.Number(teams.Count - MostTeams)} more.");
    }
}
