using PushPruner.Snapshots;

namespace PushPruner.Cli.Surveys;

/// <summary>One repository as it was found, or why it wasn't.</summary>
sealed record SnapshotReport(string Repository)
{
    /// <summary>Null when <see cref="Error"/> says why.</summary>
    public RepositorySnapshot? Survey { get; init; }

    public string? Error { get; init; }
}
