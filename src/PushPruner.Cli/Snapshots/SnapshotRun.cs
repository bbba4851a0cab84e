using PushPruner.Cli.Stacks;

namespace PushPruner.Cli.Snapshots;

/// <summary>What a command that only looks has before it.</summary>
/// <param name="Policy">What was asked for; a repository's own tags may change it there.</param>
/// <param name="At">As of when it is decided.</param>
/// <param name="Names">Every repository there will be a survey of.</param>
/// <param name="Surveys">Made one after the other as they are asked for; to be gone through once.</param>
sealed record SnapshotRun(
    ISource Source, RetentionPolicy Policy, DateTimeOffset At, IReadOnlyList<string> Names, IAsyncEnumerable<SnapshotReport> Surveys)
{
    /// <summary>Where it is told how far a command is that goes on where a survey ends.</summary>
    public required Progress Progress { get; init; }

    /// <summary>What the policy was taken from.</summary>
    public required Basis Basis { get; init; }

    /// <summary>How many expired images of one repository halt a run, so that it deletes none of them.</summary>
    public required int MaxDeletes { get; init; }

    /// <summary>Whether all repositories of a registry are looked at, and not only those that were named or listed.</summary>
    public bool IsWholeRegistry { get; init; }

    /// <summary>
    /// What has to be said again to judge one repository in the same way: options as a shell takes them, a blank before each.
    /// </summary>
    public string OptionsAgain { get; init; } = "";

    /// <summary>The command that does the same again, as of the same instant.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>What has to be known of the source and of the settings, a sentence each.</summary>
    public IEnumerable<string> Notes => [.. Basis.Notes, .. Source.Notes];
}

/// <summary>One repository as it was found, or why it wasn't.</summary>
sealed record SnapshotReport(string Repository)
{
    /// <summary>Null when <see cref="Error"/> says why.</summary>
    public RepositorySnapshot? Snapshot { get; init; }

    public string? Error { get; init; }
}

/// <summary>The command that shows the expired images of a repository where a run is halted, and deletes them after a question.</summary>
static class Approval
{
    // As far as --max-deletes goes.
    const long MostDeletes = 100_000;

    public static string Of(SnapshotRun seen, string repository, long images) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"pushpruner reconcile {Shell.Quote(repository)} --max-deletes {Math.Min(images, MostDeletes)}{seen.OptionsAgain}");
}
