using CsCheck;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// A safety step of the product switched off, from outside: by what the jobs see in the place of ECR, the index, the clock, the settings
/// or the event.
/// </summary>
sealed record BrokenStep
{
    /// <summary>Histories in which the step matters often.</summary>
    public Gen<Step[]> Histories { get; init; } = Step.WithLoss;

    public PairDelete PairDelete { get; init; } = PairDelete.TagOnly;

    public int MaxDeletes { get; init; } = 6;

    /// <summary>X; null for that of all histories.</summary>
    public TimeSpan? KeepFor { get; init; }

    public Func<IRegistry, IRegistry> Registry { get; init; } = registry => registry;

    public Func<IManifestIndex, IManifestIndex> Index { get; init; } = index => index;

    public Func<TimeProvider, TimeProvider> Clock { get; init; } = clock => clock;

    public Func<Settings, Settings> Settings { get; init; } = settings => settings;

    public Func<RegistryEvent, RegistryEvent> Event { get; init; } = evt => evt;
}
