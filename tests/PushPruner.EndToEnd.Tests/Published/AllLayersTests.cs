using PushPruner.EndToEnd.Tests.Layers;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Published;

[Collection(Publication.Name)]
public sealed class AllLayersTests(PublishedBootstrap bootstrap, Servers servers) : PushScenarios(servers)
{
    protected override FunctionProgram Program => bootstrap.Program;
}
