using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Layers;

public sealed class AllLayersTests(Servers servers) : PushScenarios(servers), IClassFixture<Servers>
{
    protected override FunctionProgram Program => FunctionProgram.OfDevelopment;
}
