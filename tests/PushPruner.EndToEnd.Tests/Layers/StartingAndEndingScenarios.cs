using System.Text.Json.Nodes;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Layers;

public abstract class StartingAndEndingScenarios(Servers servers)
{
    protected abstract FunctionProgram Program { get; }

    [Theory]
    [InlineData("KEEP_DAYS", "30d", "KEEP_DAYS is \"30d\": a number of days from 0 to 36500, such as 30")]
    [InlineData("PROTECT_TAGS", "release/*", "PROTECT_TAGS is \"release/*\": patterns for tags")]
    [InlineData("INDEX_TABLE", "", "INDEX_TABLE is not set: the name of the DynamoDB table that holds the index")]
    [InlineData("INDEX_TABLE", "a b", "INDEX_TABLE is \"a b\": the name of the DynamoDB table that holds the index")]
    [InlineData(
        "ANNOTATIONS_HANDLER",
        "OnImagePulled",
        "ANNOTATIONS_HANDLER is \"OnImagePulled\": the name of a function: OnImagePushed, ListRepositories or ReconcileRepository")]
    [InlineData("ANNOTATIONS_HANDLER", "reconcileRepository", "ANNOTATIONS_HANDLER is \"reconcileRepository\": the name of a function")]
    [InlineData(
        "ANNOTATIONS_HANDLER",
        "",
        "ANNOTATIONS_HANDLER is \"\": the name of a function: OnImagePushed, ListRepositories or ReconcileRepository")]
    public async Task A_malformed_environment_is_an_error_of_the_initialization_that_names_the_variable(
        string name, string value, string message)
    {
        await using var live = await LiveDeployment.StartWithoutTableAsync(Program, servers.Dynamo, "unused", (name, value));

        (await live.ExitCodeAsync()).ShouldNotBe(0);

        var error = JsonNode.Parse(live.Function.InitErrors.ShouldHaveSingleItem())!;
        error["errorMessage"]!.GetValue<string>().ShouldStartWith(message);
        error["errorType"]!.GetValue<string>().ShouldBe("SettingException");
        var line = JsonNode.Parse(live.Log.First(l => l.StartsWith('{')))!;
        line["level"]!.GetValue<string>().ShouldBe("Error");
        line["message"]!.GetValue<string>().ShouldBeEmpty();
        line["errorType"]!.GetValue<string>().ShouldBe("PushPruner.Policies.SettingException");
        line["errorMessage"]!.GetValue<string>().ShouldStartWith(message);
    }

    [Fact]
    public async Task A_request_to_terminate_ends_it_cleanly()
    {
        await using var live = await LiveDeployment.StartWithoutTableAsync(Program, servers.Dynamo, "unused");
        await live.Function.FirstPoll.WaitAsync(TestContext.Current.CancellationToken);

        await live.TerminateAsync();

        (await live.ExitCodeAsync()).ShouldBe(0);
        live.Function.InitErrors.ShouldBeEmpty();
    }
}
