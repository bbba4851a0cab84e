namespace PushPruner.Cli.Report;

/// <summary>The repositories by what they free: the first with bars, the others in a table of their own.</summary>
static class RepositoriesSection
{
    /// <summary>Of those with bars.</summary>
    public const int MostBars = 50;

    /// <summary>Of those without; a page has to open.</summary>
    public const int MostRows = 1_000;

    public static void Write(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price)
    {
        if (repositories.Count == 0)
            return;

        using var section = html.Section("repositories", "Repositories by storage freed");
        var most = Math.Max(1, repositories.Max(r => r.Stored.Bytes));
        WriteTable(html, [.. repositories.Take(MostBars)], price, most, "repositories by storage freed");
        if (repositories.Any(r => r.KeepsEverything is not null))
            html.Muted("* Nothing of it may be deleted; the reason is in its timeline, or in the plan.");
        if (repositories.Any(r => r.IsHalted))
            html.Muted("! Held back until somebody approves; see above.");
        if (repositories.Count > MostBars)
            WriteOthers(html, repositories, price);
    }

    static void WriteOthers(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price)
    {
        var rest = repositories.Skip(MostBars).ToList();
        using var more = html.Open("details", ("data-filtered", "open"));
        var freed = RepositoryFinding.Sum("", rest).Freed.Shown;
        html.Element("summary", $"The other {TextFormat.Repositories(rest.Count)}: {freed} to free");
        WriteTable(html, [.. rest.Take(MostRows)], price, most: null, "the other repositories");
        if (rest.Count > MostRows)
        {
            var left = rest.Skip(MostRows).ToList();
            var (ending, verb) = left.Count == 1 ? ("s", "is") : ("", "are");
            html.Element(
                "p",
                $"{TextFormat.Repositories(left.Count)} that free{ending} the least (together "
                    + $"{RepositoryFinding.Sum("", left).Freed.Shown}) {verb} left out here: pushpruner plan --csv has all of them.");
        }
    }

    static void WriteTable(Markup html, IReadOnlyList<RepositoryFinding> repositories, Price price, long? most, string name)
    {
        var table = new DataTable<RepositoryFinding>(name, "repositories").Header(
            "Repository",
            (inner, r) => inner.Foreign(r.Name).Text((r.KeepsEverything is null ? "" : " *") + (r.IsHalted ? " !" : "")));
        if (most is { } whole)
        {
            table.Bar(
                "Freed of stored",
                (inner, r) => Meter.Write(inner, 100.0 * r.Freed.Bytes / whole, 100.0 * r.Stored.Bytes / whole, height: 12));
        }

        table.Number("Frees", r => r.IsUncounted ? "?" : r.Freed.InCell)
            .Number("Saves a month", r => r.IsUncounted ? "?" : r.Freed.MonthlyInCell(price))
            .Number("Stored", r => r.IsUncounted ? "?" : r.Stored.InCell)
            .Number("To delete", r => r.Expired)
            .Number("Images", r => r.Images)
            .Write(html, repositories, sorted: "Frees");
    }
}

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

/// <summary>The repositories that a run would leave alone until somebody approves, and the command that does.</summary>
static class HaltedSection
{
    const int MostRepositories = 50;

    public static void Write(Markup html, Findings found)
    {
        var halted = found.Halted;
        if (halted.Count == 0)
            return;

        using var section = html.Section("halted", "Held back until somebody approves");
        html.Muted(
            $"{TextFormat.Count(halted.Count, "repository has", "repositories have")} more than "
                + $"{TextFormat.Number(found.Seen.MaxDeletes)} expired "
                + "images (MAX_DELETES). A run deletes none of them, so what they free is not saved until somebody runs the command.");
        new DataTable<RepositoryFinding>("repositories that are held back")
            .Header("Repository", r => r.Name)
            .Number("To delete", r => r.Expired)
            .Number("Frees", r => r.Freed.InCell)
            .Number("Saves a month", r => r.Freed.MonthlyInCell(found.Price))
            .Command("To look at them, and to approve", r => Approval.Of(found.Seen, r.Name, r.Expired))
            .Write(html, halted.Take(MostRepositories));
        if (halted.Count > MostRepositories)
        {
            html.Element(
                "p", $"And {TextFormat.Number(halted.Count - MostRepositories)} more: pushpruner plan --json names each with its command.");
        }
    }
}
