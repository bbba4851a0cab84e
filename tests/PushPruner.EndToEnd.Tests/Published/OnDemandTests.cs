using PushPruner.EndToEnd.Tests.Layers;

namespace PushPruner.EndToEnd.Tests.Published;

[Collection(Publication.Name)]
public sealed class OnDemandTests(PublishedBootstrap bootstrap, Servers servers) : OnDemandScenarios(servers)
{
    protected override FunctionProgram Program => bootstrap.Program;
}
