using System.Text.Json;
using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Reconcile;

namespace PushPruner.Cli.Tests.Plan;

public sealed class StoppingTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        // Enough for a document to be passed on before the second is looked at.
        cli.Has("team/app", 260);
        cli.HasMultiArch("team/web", 3);
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData]
    [InlineData("--details")]
    [InlineData("--json")]
    [InlineData("--csv")]
    public async Task At_any_call_it_ends_with_130_and_nothing_reads_as_if_it_were_all(params string[] args)
    {
        await cli.PlanAsync([.. args, "--layers"]);
        var calls = cli.Ecr.Calls.Count();
        calls.ShouldBeGreaterThan(7);

        for (var call = 1; call <= calls; call++)
        {
            cli.GoOn();
            cli.Ecr.Calls.Clear();
            var left = call;
            cli.InterruptAt(_ => --left == 0);

            var result = await cli.PlanAsync([.. args, "--layers"]);

            result.ExitCode.ShouldBe(130, $"interrupted at call {call}");
            result.Error.ShouldEndWith("Stopped. Nothing was changed.\n");
            if (args is ["--json"])
                Should.Throw<JsonException>(() => JsonNode.Parse(result.Output));
            else if (args is ["--csv"] && result.Output.Length > 0)
                result.Output.ShouldEndWith("\n\"stopped before all was told");
            else if (args is ["--details"] && result.Output.Length > 0)
                result.Output.ShouldEndWith("Stopped before all was told.\n");
            else
                result.Output.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task What_was_told_by_then_was_passed_on()
    {
        cli.InterruptAt(c => c is { Repository: "team/web", Operation: "DescribeImages" });
        (await cli.PlanAsync("--json")).Output.ShouldContain("\"repository\": \"team/app\"");

        cli.GoOn();
        cli.InterruptAt(c => c is { Repository: "team/web", Operation: "DescribeImages" });
        (await cli.PlanAsync("--csv")).Lines.Count.ShouldBe(1 + 260 + 1);
    }
}
