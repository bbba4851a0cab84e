using System.Globalization;

namespace PushPruner.Cli.Snapshots;

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
