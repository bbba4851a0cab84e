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
        html.Own("<ul>");
        foreach (var (id, title) in Entries(found))
            html.Write($"""<li><a href="#{id}">{title}</a></li>""");
        html.Own("</ul>")
            .Own("""<p class="filter" hidden="hidden"><label for="filter">Show only repositories with</label>""")
            .Own("""<input id="filter" type="search" autocomplete="off" placeholder="part of a name">""")
            .Own("""<span class="filtered" role="status"></span></p>""");
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
