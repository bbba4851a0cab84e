using PushPruner.Cli.Embedded;
using PushPruner.Cli.Registries;

namespace PushPruner.Cli.Replay;

/// <summary>Plays a history from its first entry to its last.</summary>
static class ReplayRun
{
    public static async Task<int> RunAsync(
        IReadOnlyList<HistoryEntry> history, Settings settings, IReplayReport report, CancellationToken cancellationToken)
    {
        var home = HomeOf(history);
        await using var host = await ReplayHost.SetAsync(home.Account, home.Region, settings, history[0].At, cancellationToken);
        report.Begin(settings.Policy, home.Account, home.Region);

        var failures = 0;
        foreach (var entry in history)
        {
            await foreach (var handled in host.PlayAsync(entry, cancellationToken))
            {
                failures += handled.Result?.FailedCount ?? 1;
                report.Handled(handled);
            }
        }

        report.End(host.Summary());
        return failures == 0 ? ExitCode.Done : ExitCode.SomethingFailed;
    }

    // The account and region that most events name; those of the others are ignored, as the function would. Of what is no
    // account or region, no ARN can be made.
    static (string Account, string Region) HomeOf(IEnumerable<HistoryEntry> history) => history
        .OfType<HistoryEntry.Event>()
        .Where(e => AwsNames.IsAccount(e.Content.Account) && AwsNames.IsRegion(e.Content.Region))
        .GroupBy(e => (e.Content.Account, e.Content.Region))
        .OrderByDescending(g => g.Count())
        .Select(g => g.Key)
        .FirstOrDefault((AwsNames.SomeAccount, AwsNames.SomeRegion));
}

/// <summary>Where a replay is told.</summary>
interface IReplayReport
{
    void Begin(RetentionPolicy policy, string account, string region);

    void Handled(HandledPush push);

    void End(IReadOnlyList<RepositorySummary> repositories);
}
