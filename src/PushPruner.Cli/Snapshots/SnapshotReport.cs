using PushPruner.Snapshots;

namespace PushPruner.Cli.Snapshots;

/// <summary>One repository as it was found, or why it wasn't.</summary>
sealed record SnapshotReport(string Repository)
{
    /// <summary>Null when <see cref="Error"/> says why.</summary>
    public RepositorySnapshot? Snapshot { get; init; }

    public string? Error { get; init; }
}
