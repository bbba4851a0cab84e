using PushPruner.EndToEnd.Tests.Layers;

namespace PushPruner.EndToEnd.Tests.Published;

[Collection(Publication.Name)]
public sealed class StartingAndEndingTests(PublishedBootstrap bootstrap, Servers servers) : StartingAndEndingScenarios(servers)
{
    protected override FunctionProgram Program => bootstrap.Program;
}
