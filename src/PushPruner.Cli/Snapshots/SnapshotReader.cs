using PushPruner.Cli.Stacks;
using PushPruner.Jobs;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace PushPruner.Cli.Snapshots;

/// <summary>Looks at one repository after the other, and changes nothing. One repository's failure never stops the others.</summary>
sealed class SnapshotReader(
    ISource source, Settings settings, Func<string, ReconcileRequest> orderFor, TimeProvider clock, Progress progress)
{
    /// <summary>One at a time: what a report doesn't hold on to is forgotten before the next is read.</summary>
    public async IAsyncEnumerable<SnapshotReport> LookAsync(
        IReadOnlyList<string> repositories, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var (index, repository) in repositories.Index())
        {
            stop.ThrowIfCancellationRequested();
            progress.Begin(repository, index + 1, repositories.Count);
            var report = await TryAsync(repository, stop);
            if (report.Error is { } error)
                progress.Say($"{repository}: {error}");
            else
                progress.End(TextFormat.Manifests(report.Snapshot!.Manifests.Count));
            yield return report;
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "One repository's failure, whatever it is, never stops the others.")]
    async Task<SnapshotReport> TryAsync(string repository, CancellationToken stop)
    {
        try
        {
            var registry = await source.RegistryOfAsync(repository, stop);
            var index = await source.IndexOfAsync(repository, stop);
            return new SnapshotReport(repository)
            {
                Snapshot = await new SnapshotJob(registry, index, settings, clock, progress).RunAsync(orderFor(repository), stop),
            };
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return new SnapshotReport(repository) { Error = ErrorText.Describe(e) };
        }
    }
}

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
