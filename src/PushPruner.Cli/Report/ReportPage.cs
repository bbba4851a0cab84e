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
            if (repositories.Count > 0)
                new StorageSection(found).Write(html);
            RepositoriesSection.Write(html, repositories, found.Price);
            new TimelinesSection(found).Write(html);
            DoubtsSection.Write(html, found);
            NotesSection.Write(html, found);
        });
    }
}
