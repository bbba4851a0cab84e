using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Testing;

namespace PushPruner.Cli.Tests.Stacks;

/// <summary>A policy out of the environment, or out of a file.</summary>
public sealed class OtherPoliciesTests : IAsyncLifetime
{
    readonly CliScenario cli = new();
    readonly TemporaryFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Has("team/app", 14);
    }

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        await cli.DisposeAsync();
    }

    [Fact]
    public async Task Variables_are_read_as_the_function_reads_them_and_it_is_said()
    {
        cli.Environment["KEEP_NEWEST"] = "5";
        cli.Environment["PROTECT_TAGS"] = "1, 2";

        var result = await cli.PlanAsync();
        var json = await cli.PlanAsync("--json");

        result.Output.ShouldStartWith(
            "Policy from the environment (KEEP_NEWEST, PROTECT_TAGS).\nKeeping the newest 5 and everything up to 30 days old, and what "
                + "a tag protects (1,2).\n");
        json.Json["policyFrom"]!.GetValue<string>().ShouldBe("environment");
    }

    [Fact]
    public async Task A_variable_that_can_not_be_understood_is_refused()
    {
        cli.Environment["KEEP_DAYS"] = "a month";

        var result = await cli.PlanAsync();

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("KEEP_DAYS is \"a month\": a number of days");
    }

    [Theory]
    [InlineData("# prod\nKEEP_NEWEST=5\n\nKEEP_DAYS = \"14\"\n")]
    [InlineData("""{"KEEP_NEWEST":"5","KEEP_DAYS":"14"}""")]
    [InlineData(
        """{"FunctionName":"x","Environment":{"Variables":{"KEEP_NEWEST":"5","KEEP_DAYS":"14","INDEX_TABLE":"t","STACK_NAME":"s"}}}""")]
    public async Task A_file_holds_the_same_as_lines_or_as_the_aws_cli_prints_it(string text)
    {
        var file = folder.In("policy");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        cli.Environment["KEEP_NEWEST"] = "9";

        var result = await cli.PlanAsync("--policy-file", file);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldStartWith($"Policy from {file}.\nKeeping the newest 5 and everything up to 14 days old.\n");
    }

    [Theory]
    [InlineData("KEEP_NEWST=5", "a line is \"KEEP_NEWST=5\"")]
    [InlineData("{\"a\":1}", "none of KEEP_NEWEST, ")]
    [InlineData("{", "--policy-file is ")]
    [InlineData("KEEP_NEWEST=none", "KEEP_NEWEST is \"none\"")]
    public async Task A_file_that_holds_something_else_is_refused(string text, string message)
    {
        var file = folder.In("policy");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        var result = await cli.PlanAsync("--policy-file", file);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_dry_run_that_the_environment_asks_for_deletes_nothing()
    {
        cli.Environment["DRY_RUN"] = "true";

        (await cli.ReconcileAsync("--yes")).Output.ShouldContain("A dry run: nothing was deleted.");

        cli.Tags("team/app").Count().ShouldBe(14);
    }

    [Theory]
    [InlineData("AWS_REGION")]
    [InlineData("AWS_DEFAULT_REGION")]
    public async Task The_region_may_be_said_by_either_variable(string variable)
    {
        cli.Environment[variable] = "eu-west-1";

        // The registry is in us-east-1, and says that it was asked for another region.
        (await cli.PlanAsync()).Error.ShouldContain("'eu-west-1'");
    }
}
