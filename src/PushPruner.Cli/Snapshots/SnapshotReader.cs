using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PushPruner.Jobs;

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
