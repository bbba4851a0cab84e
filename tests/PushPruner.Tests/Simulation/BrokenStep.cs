using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Tests.Simulation;

/// <summary>A safety step of the product switched off, from outside: by what the jobs see in the place of ECR, the index, the settings or the event.</summary>
sealed record BrokenStep
{
    public Func<IRegistry, IRegistry> Registry { get; init; } = registry => registry;

    public Func<IManifestIndex, IManifestIndex> Index { get; init; } = index => index;

    public Func<Settings, Settings> Settings { get; init; } = settings => settings;

    public Func<RegistryEvent, RegistryEvent> Event { get; init; } = evt => evt;
}
