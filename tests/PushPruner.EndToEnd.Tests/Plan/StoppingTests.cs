using System.Text.Json;
using System.Text.Json.Nodes;
using PushPruner.EndToEnd.Tests.Reconcile;

namespace PushPruner.EndToEnd.Tests.Plan;

public sealed class StoppingTests : IAsyncLifetime
{
    readonly CliScenario desk = new();

    public async ValueTask InitializeAsync()
    {
        await desk.InitializeAsync();
        // Enough for a document to be passed on before the second is looked at.
        desk.Has("team/app", 260);
        desk.HasMultiArch("team/web", 3);
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Theory]
    [InlineData]
    [InlineData("--details")]
    [InlineData("--json")]
    [InlineData("--csv")]
    public async Task At_any_call_it_ends_with_130_and_nothing_reads_as_if_it_were_all(params string[] args)
    {
        await desk.PlanAsync([.. args, "--layers"]);
        var calls = desk.Ecr.Calls.Count();
        calls.ShouldBeGreaterThan(7);

        for (var call = 1; call <= calls; call++)
        {
            desk.GoOn();
            desk.Ecr.Calls.Clear();
            var left = call;
            desk.InterruptAt(_ => --left == 0);

            var said = await desk.PlanAsync([.. args, "--layers"]);

            said.ExitCode.ShouldBe(130, $"interrupted at call {call}");
            said.Error.ShouldEndWith("Stopped. Nothing was changed.\n");
            if (args is ["--json"])
                Should.Throw<JsonException>(() => JsonNode.Parse(said.Output));
            else if (args is ["--csv"] && said.Output.Length > 0)
                said.Output.ShouldEndWith("\n\"stopped before all was told");
            else if (args is ["--details"] && said.Output.Length > 0)
                said.Output.ShouldEndWith("Stopped before all was told.\n");
            else
                said.Output.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task What_was_told_by_then_was_passed_on()
    {
        desk.InterruptAt(c => c is { Repository: "team/web", Operation: "DescribeImages" });
        (await desk.PlanAsync("--json")).Output.ShouldContain("\"repository\": \"team/app\"");

        desk.GoOn();
        desk.InterruptAt(c => c is { Repository: "team/web", Operation: "DescribeImages" });
        (await desk.PlanAsync("--csv")).Lines.Count.ShouldBe(1 + 260 + 1);
    }
}
