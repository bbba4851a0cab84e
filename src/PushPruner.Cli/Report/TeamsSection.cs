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
        using var section = html.Section("teams", "By team");
        html.Muted("By the first part of the repository's name.");
        new DataTable<RepositoryFinding>("teams by storage freed", "teams")
            .Header("Team", (inner, team) => _ = team.Name.Length == 0 ? inner.Text("(no team)") : inner.Foreign($"{team.Name}/"))
            .Number("Saves a month", team => team.Freed.MonthlyInCell(found.Price))
            .Number("Frees", team => team.Freed.InCell)
            .Number("Stored", team => team.Stored.InCell)
            .Number("To delete", team => team.Expired)
            .Number("Images", team => team.Images)
            .Number("Repositories", team => counts[team.Name])
            .Write(html, teams.Take(MostTeams), sorted: "Frees");
        if (teams.Count > MostTeams)
            html.Element("p", $"And {TextFormat.Number(teams.Count - MostTeams)} more.");
    }
}
