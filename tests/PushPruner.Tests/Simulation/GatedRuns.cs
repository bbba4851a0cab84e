using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>Runs that take turns, each with its own view of ECR and of the index.</summary>
sealed class GatedRuns(PushScenario scenario, Func<InvariantChecker> checker, BrokenStep broken)
{
    public Task HandleAsync(RegistryEvent evt, StepGate gate)
    {
        var seen = broken.Event(evt);
        var push = new ImagePush(
            seen.Repository,
            Digest.Parse(seen.Digest),
            seen.Tag,
            new DateTimeOffset(seen.At.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero));
        return new PushJob(
            RegistryOf(evt.Digest, gate),
            IndexOf(gate),
            scenario.Settings,
            scenario.ClockSeen(scenario.Patience),
            NullLogger.Instance).RunAsync(push, Invocation, default);
    }

    public Task ReconcileAsync(StepGate gate) =>
        new ReconcileJob(
            RegistryOf(handled: null, gate),
            IndexOf(gate),
            scenario.Settings,
            scenario.ClockSeen(scenario.Patience),
            NullLogger.Instance).RunAsync(new ReconcileRequest(PushScenario.App), Invocation, default);

    Invocation Invocation => new("together", scenario.Clock.GetUtcNow() + TimeSpan.FromMinutes(15));

    // Where several delete in turns, each delete is compared for itself.
    RegistryInTurns RegistryOf(string? handled, StepGate gate) => new(
        broken.Registry(new InProcessRegistry(scenario.Ecr)),
        gate,
        () => checker().Resume(handled),
        () => checker().Compare(scenario.Clock.GetUtcNow()));

    IndexInTurns IndexOf(StepGate gate) => new(broken.Index(scenario.Index), gate);
}
