using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>What a policy would do to a registry, for those who decide on it.</summary>
static class ReportPage
{
    public static string Write(Findings found)
    {
        var repositories = found.Repositories;
        return Page.Write("PushPruner: what the policy would free", html =>
        {
            new Headline(found).Write(html);
            ContentsSection.Write(html, found);
            if (repositories.Count > 0)
                new StorageSection(found).Write(html);
            HaltedSection.Write(html, found);
            TeamsSection.Write(html, found);
            RepositoriesSection.Write(html, repositories, found.Price);
            new TimelinesSection(found).Write(html);
            InUseSection.Write(html, found);
            DoubtsSection.Write(html, found);
            NextStepsSection.Write(html, found);
            NotesSection.Write(html, found);
        });
    }
}

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

/// <summary>Storage over time, before and after.</summary>
sealed class StorageSection(Findings found)
{
    const string Bound = " Every number is an upper bound, because a layer that images share is counted in each of them.";

    public void Write(Markup html)
    {
        var history = found.History();
        var days = history.SelectMany(series => series.Days()).Select(d => d.Day).Distinct().Order().ToList();
        var lines = history.Select(series => new Line(series.Name, [.. days.Select(day => (day, series.AtEndOf(day)))])).ToList();
        using var section = html.Section("storage", "Storage over time");
        html.Muted(
            "What is in the registry today, by the day of its push; and what would be left of it on each day, had the policy held all "
                + "along. What was deleted before isn't known."
                + (found.HasLayers ? "" : Bound));
        var chart = new LineChart(lines, TableDays.Of(days[0], days[^1]), found.Price);
        chart.Write(html, "Bytes stored over time, as it is and with this policy");
    }
}

/// <summary>What to do now, as commands, and how the page is made again.</summary>
static class NextStepsSection
{
    public static void Write(Markup html, Findings found)
    {
        using var section = html.Section("next", "Next steps");
        using (html.Open("dl", ("class", "steps")))
        {
            var again = found.Seen.OptionsAgain;
            if (found.Total().Expired > 0)
            {
                Step(html, $"pushpruner plan --details{again}", "Shows each image with its reason.");
                if (found.Usage is null)
                {
                    Step(
                        html,
                        $"kubectl get pods -A -o json | pushpruner plan{again} --in-use -",
                        "Shows which of the expired images run. docker ps and aws ecs describe-tasks print such lists as well.");
                }

                Step(
                    html,
                    $"pushpruner reconcile{again}",
                    "Deletes them now, after a question. It asks ECR again right before each delete.");
                if (found.Seen.Basis.Origin != "stack")
                {
                    Step(
                        html,
                        "sam build && sam deploy --config-env dev",
                        "Deploys the function that does it on each push. It begins as a dry run.");
                }
            }

            Step(html, found.Seen.CommandLine, "Makes this page again, as of the same instant.");
        }
    }

    static void Step(Markup html, string command, string what) => html.Write($"<div><dt><code>{command}</code></dt><dd>{what}</dd></div>");
}

/// <summary>What whoever reads the numbers has to know.</summary>
static class NotesSection
{
    public static void Write(Markup html, Findings found)
    {
        using var section = html.Section("notes", "How to read the numbers", "notes");
        using var list = html.Open("ul");
        html.Element(
            "li",
            "An image is deleted when N newer images outrank it and it is older than X, and neither a tag nor a pull keeps it. Doubt "
                + "keeps.");
        html.Element("li", "Sizes are ECR's, in decimal units (1 GB is 1,000,000,000 bytes).");
        html.Element(
            "li",
            found.Layers?.Counting
                ?? "A layer that images share is counted in each of them, so that less may be stored, and less freed, than is said "
                    + "here: those numbers are marked ≤.");
        if (found.Layers is { Sums.Unread: > 0 and var unread })
            html.Element("li", $"{TextFormat.Manifests(unread)} could not be read, so that some numbers are marked ≥, ≤ or ~.");
        if (found.Layers is { Missing: > 0 and var missing })
        {
            html.Element(
                "li",
                $"In {TextFormat.Repositories(missing)} no manifest could be read; nothing of "
                    + $"{(missing == 1 ? "it" : "them")} is counted in bytes.");
        }

        html.Element("li", "Money is storage as it is today at the price that is given; what is pushed later is not in it.");
        if (found.Usage is null)
            html.Element("li", "What runs isn't asked: protect what is deployed by a tag, keep what was pulled lately, or give --in-use.");
        foreach (var note in found.Seen.Notes)
            html.Element("li", note);
    }
}
