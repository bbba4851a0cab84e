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
