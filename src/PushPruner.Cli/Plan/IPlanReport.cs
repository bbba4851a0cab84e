namespace PushPruner.Cli.Plan;

/// <summary>Where a plan is told.</summary>
interface IPlanReport
{
    void Begin(SnapshotRun seen)
    {
    }

    /// <summary>One repository is planned. Nothing of it is held after that but what is shown at the end.</summary>
    void Planned(RepositoryPlan plan, CancellationToken stop);

    /// <summary>There is no plan of one.</summary>
    void Failed(PlanRow row)
    {
    }

    void End(PlanSummary summary);

    /// <summary>Ctrl-C came first: what was told must not read as if it were all.</summary>
    void Stop();
}
