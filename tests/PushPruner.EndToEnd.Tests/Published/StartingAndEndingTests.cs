using PushPruner.EndToEnd.Tests.Layers;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Published;

[Collection(Publication.Name)]
public sealed class StartingAndEndingTests(PublishedBootstrap bootstrap, Servers servers) : StartingAndEndingScenarios(servers)
{
    protected override FunctionProgram Program => bootstrap.Program;
}
