using PushPruner.Adapters;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Dynamo;

public sealed class TheIndexInMemory : IndexContract
{
    protected override IManifestIndex Index => field ??= new InMemoryIndex(Clock);
}
