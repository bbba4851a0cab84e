using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Layers;

public sealed class SafetyTests(Servers servers) : SafetyScenarios(servers), IClassFixture<Servers>
{
    protected override FunctionProgram Program => FunctionProgram.OfDevelopment;
}
