using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Layers;

public sealed class StartingAndEndingTests(Servers servers) : StartingAndEndingScenarios(servers), IClassFixture<Servers>
{
    protected override FunctionProgram Program => FunctionProgram.OfDevelopment;
}
