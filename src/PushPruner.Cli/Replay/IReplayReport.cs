using PushPruner.Cli.Embedded;

namespace PushPruner.Cli.Replay;

/// <summary>Where a replay is told.</summary>
interface IReplayReport
{
    void Begin(RetentionPolicy policy, string account, string region);

    void Handled(HandledPush push);

    void End(IReadOnlyList<RepositorySummary> repositories);
}
