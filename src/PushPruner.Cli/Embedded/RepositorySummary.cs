namespace PushPruner.Cli.Embedded;

/// <summary>What became of a repository.</summary>
/// <param name="Calls">ECR calls that the function made.</param>
sealed record RepositorySummary(string Repository, int Pushed, int Kept, int Deleted, long KeptBytes, long DeletedBytes, int Calls)
{
    public double CallsPerPush => Pushed == 0 ? 0 : (double)Calls / Pushed;
}
