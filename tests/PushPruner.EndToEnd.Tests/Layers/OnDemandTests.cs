using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Layers;

public sealed class OnDemandTests(Servers servers) : OnDemandScenarios(servers), IClassFixture<Servers>
{
    protected override FunctionProgram Program => FunctionProgram.OfDevelopment;
}
