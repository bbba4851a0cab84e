namespace PushPruner.EndToEnd.Tests.Health;

/// <summary>What the health script says of a stack that was deployed from the template.</summary>
public sealed class DeployedStackTests(MotoServers servers) : IClassFixture<MotoServers>
{
    // ELF's numbers. moto runs all functions on x86_64.
    const byte X64 = 0x3e;
    const byte Arm64 = 0xb7;

    [Fact]
    public async Task A_fresh_one_is_healthy_and_in_a_dry_run()
    {
        var stack = await servers.DeployAsync("fresh", X64);

        var health = await stack.HealthAsync();

        health.ExitCode.ShouldBe(0, health.Output);
        health.Output.ShouldNotContain("BAD");
        health.Output.ShouldContain($"{stack.Output("PushRule")} is enabled and starts {stack.Output("OnImagePushedName")}.");
        health.Output.ShouldContain("built for x86_64, as the function runs.");
        health.Output.ShouldContain("dry run   yes");
        health.Output.ShouldContain("no event yet");
    }

    [Theory]
    [InlineData("registry", "ok    packages  built with AWS's own packages.")]
    [InlineData("standin", "note  packages  built with the stand-ins of src/StandIns, ")]
    [InlineData("", "note  packages  the code does not say which packages it was built with.")]
    public async Task The_packages_that_the_code_was_built_with_are_named(string packages, string line)
    {
        var stack = await servers.DeployAsync($"packages-{packages}", X64, packages);

        var health = await stack.HealthAsync();

        health.ExitCode.ShouldBe(0, health.Output);
        health.Output.ShouldContain(line);
    }

    [Fact]
    public async Task A_stack_that_deletes_and_has_received_an_event_says_so()
    {
        var stack = await servers.DeployAsync("live", X64, ("DryRun", "false"));
        var group = stack.Output("OnImagePushedLogGroup");
        var now = TimeProvider.System.GetUtcNow();
        await stack.AskAsync("logs", "create-log-stream", "--log-group-name", group, "--log-stream-name", "one");
        await stack.AskAsync(
            "logs",
            "put-log-events",
            "--log-group-name",
            group,
            "--log-stream-name",
            "one",
            "--log-events",
            $"timestamp={now.ToUnixTimeMilliseconds()},message=handled");

        var health = await stack.HealthAsync();

        health.ExitCode.ShouldBe(0, health.Output);
        health.Output.ShouldContain("dry run   no: it deletes.");
        health.Output.ShouldContain($"an event at {now.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z.");
    }

    [Fact]
    public async Task A_disabled_rule_is_named_with_the_way_out()
    {
        var stack = await servers.DeployAsync("disabled", X64);
        var rule = stack.Output("PushRule");
        await stack.AskAsync("events", "disable-rule", "--name", rule);

        var health = await stack.HealthAsync();

        health.ExitCode.ShouldBe(1);
        Bad(health.Output).ShouldBe([$"BAD   rule      {rule} is DISABLED, so no push is handled: aws events enable-rule --name {rule}"]);
    }

    [Fact]
    public async Task A_table_that_is_gone_is_named()
    {
        var stack = await servers.DeployAsync("tableless", X64);
        var table = stack.Output("IndexTableName");
        await stack.AskAsync("dynamodb", "update-table", "--table-name", table, "--no-deletion-protection-enabled");
        await stack.AskAsync("dynamodb", "delete-table", "--table-name", table);

        var health = await stack.HealthAsync();

        health.ExitCode.ShouldBe(1);
        Bad(health.Output).ShouldHaveSingleItem().ShouldStartWith($"BAD   table     {table} can't be asked: ");
    }

    [Fact]
    public async Task Failed_events_that_wait_are_counted()
    {
        var stack = await servers.DeployAsync("failing", X64);
        await stack.AskAsync("sqs", "send-message", "--queue-url", stack.Output("FailedEventsUrl"), "--message-body", "an event");

        var health = await stack.HealthAsync();

        health.ExitCode.ShouldBe(1);
        Bad(health.Output).ShouldHaveSingleItem().ShouldStartWith("BAD   failures  1 failed events wait: ");
    }

    [Fact]
    public async Task Code_that_was_built_for_another_machine_is_found()
    {
        var stack = await servers.DeployAsync("mismatched", Arm64);

        var health = await stack.HealthAsync();

        health.ExitCode.ShouldBe(1);
        Bad(health.Output)
            .ShouldHaveSingleItem()
            .ShouldStartWith("BAD   code      built for arm64, but the function runs on x86_64, so it can't start: ");
    }

    static List<string> Bad(string output) => [.. output.Split('\n').Where(line => line.StartsWith("BAD", StringComparison.Ordinal))];
}
