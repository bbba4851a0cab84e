using PushPruner.EndToEnd.Tests.Layers;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Published;

[Collection(Publication.Name)]
public sealed class SafetyTests(PublishedBootstrap bootstrap, Servers servers) : SafetyScenarios(servers)
{
    protected override FunctionProgram Program => bootstrap.Program;
}
