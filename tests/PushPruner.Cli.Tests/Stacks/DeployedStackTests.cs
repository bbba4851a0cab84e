using PushPruner.Cli.Tests.Reconcile;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Stacks;

/// <summary><c>--stack</c>: the policy and the table are those of the functions that are deployed.</summary>
public sealed class DeployedStackTests : IAsyncLifetime
{
    readonly CliScenario cli = new();
    readonly List<LocalFunction> functions = [];

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var function in functions)
            await function.DisposeAsync();
        await cli.DisposeAsync();
    }

    [Fact]
    public async Task An_image_that_the_stack_protects_is_kept_and_without_the_stack_expired()
    {
        cli.Ecr.Seed("team/app", [ManifestFactory.Image("prod", 1_000_000).At(CliScenario.Noon.AddDays(-90), "prod-1")]);
        cli.Has("team/app", 12);
        IsDeployed("pruner", ("PROTECT_TAGS", "prod*"));

        var withStack = await ExplainAsync("team/app:prod-1", "--stack", "pruner");
        var without = await ExplainAsync("team/app:prod-1");

        withStack.Output.ShouldContain("\nkept: as long as tag prod-1 matches prod*");
        withStack.Output.ShouldStartWith(
            "Policy of stack pruner; a run that would delete more than 500 images of a repository is halted (MAX_DELETES).\n");
        without.Output.ShouldContain("\nexpired: rank 12, 90.0 days old");
    }

    [Fact]
    public async Task Each_command_that_judges_takes_the_stack_s_numbers()
    {
        cli.Has("team/app", 14);
        IsDeployed("pruner", ("KEEP_NEWEST", "12"), ("MAX_DELETES", "1"));

        var plan = await cli.PlanAsync("--stack", "pruner");
        var reconcile = await cli.ReconcileAsync("--dry-run", "--stack", "pruner");

        plan.Output.ShouldContain("Keeping the newest 12 and everything up to 30 days old.\n");
        plan.Output.ShouldContain("2 images would be deleted");
        plan.Output.ShouldContain($"\n  pushpruner reconcile team/app --max-deletes 2 --stack pruner --endpoint-url {cli.Url}\n");
        reconcile.ExitCode.ShouldBe(3, reconcile.Output);
        reconcile.Output.ShouldContain("halted: 2 images would be deleted, more than --max-deletes 1");
    }

    [Fact]
    public async Task Options_of_the_command_line_override_the_stack()
    {
        cli.Has("team/app", 14);
        IsDeployed("pruner", ("KEEP_NEWEST", "12"), ("PROTECT_TAGS", "1"));

        var plan = await cli.PlanAsync("--stack", "pruner", "--keep-newest", "11");

        plan.Output.ShouldContain("Keeping the newest 11 and everything up to 30 days old, and what a tag protects (1).\n");
    }

    [Fact]
    public async Task Of_the_registry_only_what_the_stack_serves_is_looked_at()
    {
        cli.Has("team/app", 1);
        cli.Has("other/app", 1);
        IsDeployed("pruner", ("REPOSITORIES", "team/*"));

        (await cli.PlanAsync("--stack", "pruner")).Output.ShouldNotContain("other/app");
        (await cli.PlanAsync("other/app", "--stack", "pruner")).Output.ShouldContain(
            "\n* REPOSITORIES does not let other/app through, so nothing of it is deleted.\n");
        (await ExplainAsync("other/app:1", "--stack", "pruner")).Output.ShouldContain(
            "\n* REPOSITORIES does not let other/app through, so nothing of it is deleted.\n");
    }

    [Fact]
    public async Task A_stack_that_is_a_dry_run_is_named_as_one()
    {
        cli.Has("team/app", 14);
        IsDeployed("pruner", ("DRY_RUN", "true"));

        (await cli.PlanAsync("--stack", "pruner")).Output.ShouldContain(
            "\n* Stack pruner is a dry run (DRY_RUN=true): it decides and logs, and deletes nothing.\n");
    }

    [Fact]
    public async Task Of_many_functions_the_stack_s_is_found_on_a_later_page()
    {
        cli.Has("team/app", 1);
        for (var n = 0; n < 120; n++)
            Function($"a-{n}", new Dictionary<string, string>(StringComparer.Ordinal) { ["STACK_NAME"] = "other" });
        IsDeployed("pruner", ("KEEP_NEWEST", "7"));

        (await cli.PlanAsync("--stack", "pruner")).Output.ShouldContain("Keeping the newest 7 ");
    }

    [Fact]
    public async Task A_stack_that_is_not_there_is_named_with_those_that_are()
    {
        IsDeployed("pushpruner-dev");

        var result = await cli.PlanAsync("--stack", "pushpruner-prod");

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldBe(
            "--stack is \"pushpruner-prod\": the name of a stack that is deployed in this account and region; there is pushpruner-dev\n");
    }

    [Fact]
    public async Task A_value_that_no_function_would_start_with_is_refused()
    {
        IsDeployed("pruner", ("KEEP_DAYS", "30d"));

        (await cli.PlanAsync("--stack", "pruner")).Error.ShouldStartWith("KEEP_DAYS is \"30d\": a number of days");
    }

    [Theory]
    [InlineData("--stack and --policy-file each give a policy: give one of them", "--stack", "a", "--policy-file", "b")]
    [InlineData("--stack has a table of its own: give it without --index-table", "--stack", "a", "--index-table", "abc")]
    [InlineData("--policy-file gives a policy without asking AWS", "--stack", "a", "--from", "b")]
    [InlineData("--stack is \"a b\": the name of a CloudFormation stack", "--stack", "a b")]
    public async Task What_contradicts_it_is_refused(string message, params string[] args)
    {
        var result = await cli.RunAsync(["plan", .. args]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_table_without_a_stack_is_said_to_be_judged_by_the_command_s_own_policy()
    {
        cli.Has("team/app", 1);

        var result = await cli.PlanAsync("--index-table", "pruner-IndexTable");

        result.Output.ShouldStartWith("Judged by this command's policy, not the stack's: --stack NAME takes both from the stack.\n");
    }

    [Fact]
    public async Task Who_may_not_list_functions_is_told_what_is_missing()
    {
        var result = await cli.RunAsync("plan", "--stack", "pruner", "--endpoint-url", "http://127.0.0.1:1");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("--stack is \"pruner\": its functions can't be listed: ");
    }

    Task<CliResult> ExplainAsync(params string[] args) => cli.RunAsync(["explain", "--endpoint-url", cli.Url.ToString(), .. args]);

    void IsDeployed(string stack, params (string Name, string Value)[] settings)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["STACK_NAME"] = stack,
            ["ANNOTATIONS_HANDLER"] = "OnImagePushed",
        };
        foreach (var (name, value) in settings)
            variables[name] = value;
        Function($"{stack}-OnImagePushed-A1B2C3", variables);
    }

    void Function(string name, IReadOnlyDictionary<string, string> variables)
    {
        var function = LocalFunction.StartInProcess(
            name, new LocalFunctionOptions { Environment = variables }, cli.Clock, (_, _) => Task.FromResult("{}"));
        functions.Add(function);
        cli.Add(function);
    }
}
