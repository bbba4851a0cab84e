using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>Runs that take turns, each with its own view of ECR and of the index.</summary>
sealed class GatedRuns(PushScenario world, Func<InvariantChecker> witness, BrokenStep broken)
{
    public Task HandleAsync(RegistryEvent evt, StepGate turnstile)
    {
        var seen = broken.Event(evt);
        var push = new ImagePush(seen.Repository, Digest.Parse(seen.Digest), seen.Tag, new DateTimeOffset(seen.At.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero));
        return new PushJob(RegistryOf(evt.Digest, turnstile), IndexOf(turnstile), world.Settings, world.ClockSeen(world.Patience), NullLogger.Instance).RunAsync(push, Invocation, default);
    }

    public Task ReconcileAsync(StepGate turnstile) =>
        new ReconcileJob(RegistryOf(handled: null, turnstile), IndexOf(turnstile), world.Settings, world.ClockSeen(world.Patience), NullLogger.Instance).RunAsync(new ReconcileRequest(PushScenario.App), Invocation, default);

    Invocation Invocation => new("together", world.Clock.GetUtcNow() + TimeSpan.FromMinutes(15));

    // Where several delete in turns, each delete is compared for itself.
    RegistryInTurns RegistryOf(string? handled, StepGate turnstile) => new(
        broken.Registry(new InProcessRegistry(world.Ecr)), turnstile, () => witness().Resume(handled), () => witness().Compare(world.Clock.GetUtcNow()));

    IndexInTurns IndexOf(StepGate turnstile) => new(broken.Index(world.Index), turnstile);
}
