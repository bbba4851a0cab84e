using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Tests.Given;

/// <summary>A repository in which pushes got in each other's way, and so take turns.</summary>
static class ContentionScenario
{
    public static async Task<PushScenario> InAsync(Settings settings, int images, Func<IRegistry, IRegistry>? registrySeen = null)
    {
        var world = new PushScenario(settings) { RegistrySeen = registrySeen ?? (registry => registry) };
        world.HasImages(images, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        await NoteAsync(world, state => state with { ContendedUntil = PushScenario.Noon + PruneLease.ContentionLasts });
        return world;
    }

    public static async Task<DateTimeOffset?> UntilAsync(PushScenario world) => (await StateAsync(world)).ContendedUntil;

    /// <summary>Another run writes the repository's state.</summary>
    public static async Task NoteAsync(PushScenario world, Func<RepositoryState, RepositoryState> note) =>
        (await world.Index.TryWriteStateAsync(PushScenario.App, note(await StateAsync(world)), default)).ShouldNotBeNull();

    /// <summary>When all has been asked and deleted, and only the turn is left to be given back, others push, and leave theirs.</summary>
    public static void PushBeforeTheTurnIsReturned(PushScenario world, params string[] tags) => BeforeTheTurnIsReturned(world, () =>
    {
        foreach (var tag in tags)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            world.PushAsync(tag).GetAwaiter().GetResult().DeletedCount.ShouldBe(0);
        }
    });

    public static void BeforeTheTurnIsReturned(PushScenario world, Action happens) => world.Index.Before = name =>
    {
        if (name != "return lease")
            return;

        world.Index.Before = null;
        happens();
    };

    static async Task<RepositoryState> StateAsync(PushScenario world) =>
        (await world.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State.ShouldNotBeNull();
}
