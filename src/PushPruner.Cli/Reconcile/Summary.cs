using PushPruner.Aws;

namespace PushPruner.Cli.Reconcile;

/// <summary>A run as a whole.</summary>
/// <param name="Home">Null when no repository was found.</param>
/// <param name="Repositories">Each as it stands at the end: what became of it, or else its plan.</param>
/// <param name="Left">Those that a stop left to be done.</param>
sealed record Summary(
    string RequestId, RegistryHome? Home, RunEnd Ending, IReadOnlyList<RepositoryReport> Repositories, IReadOnlyList<string> Left)
{
    /// <summary>Why not even the repositories are known.</summary>
    public string? Error { get; init; }
}
