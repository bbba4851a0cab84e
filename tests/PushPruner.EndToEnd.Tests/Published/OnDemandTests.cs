using PushPruner.EndToEnd.Tests.Layers;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Published;

[Collection(Publication.Name)]
public sealed class OnDemandTests(PublishedBootstrap bootstrap, Servers servers) : OnDemandScenarios(servers)
{
    protected override FunctionProgram Program => bootstrap.Program;
}
