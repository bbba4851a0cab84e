namespace PushPruner.Cli.Report;

/// <summary>Where things are on a page of many repositories, and a box that finds some of them.</summary>
static class ContentsSection
{
    // With fewer, everything is found by looking.
    const int FewestRepositories = 21;

    public static void Write(Markup html, Findings found)
    {
        if (found.Repositories.Count < FewestRepositories)
            return;

        using var nav = html.Open("nav", ("class", "contents"), ("aria-label", "Contents"));
        using (html.Open("ul"))
        {
            foreach (var (id, title) in Entries(found))
            {
                using var item = html.Open("li");
                html.Element("a", title, ("href", $"#{id}"));
            }
        }

        using var box = html.Open("p", ("class", "filter"), ("hidden", "hidden"));
        using (html.Open("label", ("for", "filter")))
            html.Text("Show only repositories with");
        html.Void("input", ("id", "filter"), ("type", "search"), ("autocomplete", "off"), ("placeholder", "part of a name"));
        html.Element("span", "", ("class", "filtered"), ("role", "status"));
    }

    static IEnumerable<(string Id, string Title)> Entries(Findings found)
    {
        yield return ("storage", "Storage over time");
        if (found.Halted.Count > 0)
            yield return ("halted", "Held back");
        if (found.Teams().Count > 0)
            yield return ("teams", "By team");
        yield return ("repositories", "Repositories");
        yield return ("timelines", "Every image, and why");
        if (found.Usage is not null)
            yield return ("in-use", "Expired, and in use");
        if (found.Doubts.Count > 0)
            yield return ("doubts", "Images in doubt");
        yield return ("next", "Next steps");
        yield return ("notes", "How to read the numbers");
    }
}
