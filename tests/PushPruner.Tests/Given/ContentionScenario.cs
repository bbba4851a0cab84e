using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Pruning;

namespace PushPruner.Tests.Given;

/// <summary>A repository in which pushes got in each other's way, and so take turns.</summary>
static class ContentionScenario
{
    public static async Task<PushScenario> InAsync(Settings settings, int images, Func<IRegistry, IRegistry>? registrySeen = null)
    {
        var scenario = new PushScenario(settings) { RegistrySeen = registrySeen ?? (registry => registry) };
        scenario.HasImages(images, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        await NoteAsync(scenario, state => state with { ContendedUntil = PushScenario.Noon + PruneLease.ContentionLasts });
        return scenario;
    }

    public static async Task<DateTimeOffset?> UntilAsync(PushScenario scenario) => (await StateAsync(scenario)).ContendedUntil;

    /// <summary>Another run writes the repository's state.</summary>
    public static async Task NoteAsync(PushScenario scenario, Func<RepositoryState, RepositoryState> note) =>
        (await scenario.Index.TryWriteStateAsync(PushScenario.App, note(await StateAsync(scenario)), default)).ShouldNotBeNull();

    /// <summary>When all has been asked and deleted, and only the turn is left to be given back, others push, and leave theirs.</summary>
    public static void PushBeforeTheTurnIsReturned(PushScenario scenario, params string[] tags) => BeforeTheTurnIsReturned(scenario, () =>
    {
        foreach (var tag in tags)
        {
            scenario.Clock.Advance(TimeSpan.FromSeconds(1));
            scenario.PushAsync(tag).GetAwaiter().GetResult().DeletedCount.ShouldBe(0);
        }
    });

    public static void BeforeTheTurnIsReturned(PushScenario scenario, Action happens) => scenario.Index.Before = name =>
    {
        if (name != "return lease")
            return;

        scenario.Index.Before = null;
        happens();
    };

    static async Task<RepositoryState> StateAsync(PushScenario scenario) =>
        (await scenario.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State.ShouldNotBeNull();
}
