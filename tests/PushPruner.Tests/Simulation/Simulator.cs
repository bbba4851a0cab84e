using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>Lets a history happen, with the real jobs between the events and the registry.</summary>
sealed partial class Simulator
{
    static readonly RetentionPolicy Rule =
        new() { KeepNewest = 3, KeepFor = TimeSpan.FromDays(10), ProtectTags = WildcardSet.Of("latest", "prod-*") };

    readonly RetentionPolicy policy;
    readonly Relations relations = new();
    readonly EventsReceived eventsReceived = new();
    readonly PairDelete pairDelete;
    readonly BrokenStep broken;
    readonly PushScenario scenario;
    readonly GatedRuns runs;
    readonly InvariantChecker checker;
    readonly List<RegistryEvent> onTheirWay = [];
    int tags;
    bool refusesSome;
    DateTimeOffset? setBackFrom;
    bool hasLagged;

    /// <param name="maxDeletes">More than this no run may delete.</param>
    /// <param name="broken">A safety step of the product that is switched off; null plays it as it is.</param>
    /// <param name="keepFor">X; null for ten days.</param>
    public Simulator(PairDelete pairDelete, int maxDeletes = 500, BrokenStep? broken = null, TimeSpan? keepFor = null)
    {
        this.pairDelete = pairDelete;
        this.broken = broken ?? new BrokenStep();
        policy = Rule with { KeepFor = keepFor ?? Rule.KeepFor };
        var settings = new Settings { Policy = policy, MaxDeletes = maxDeletes };
        scenario = new PushScenario(this.broken.Settings(settings), new LocalRegistryOptions { PairDelete = pairDelete })
        {
            RegistrySeen = registry => refusesSome ? new RefusingSome(this.broken.Registry(registry)) : this.broken.Registry(registry),
            IndexSeen = this.broken.Index,
            ClockSeen = this.broken.Clock,
        };
        runs = new GatedRuns(scenario, () => checker!, this.broken);
        checker = new InvariantChecker(scenario.Ecr, relations, settings, tag => policy.ProtectTags.FirstMatch(tag) is not null)
        {
            Hearsay = eventsReceived,
        };
    }

    public IReadOnlyList<string> Violations => checker.Violations;

    public async Task PlayAsync(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            // Time never stands still, so that no two pushes are at the same instant unless the clock of ECR says so.
            scenario.Clock.Advance(TimeSpan.FromMilliseconds(step.Pick % 2));
            await PlayAsync(step);
        }
    }
}
