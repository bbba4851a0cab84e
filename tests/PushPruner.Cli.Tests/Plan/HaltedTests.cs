using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Saved;

namespace PushPruner.Cli.Tests.Plan;

/// <summary>Repositories with more expired images than a run may delete.</summary>
public sealed class HaltedTests : IDisposable
{
    readonly Listings listings = new();
    readonly string saved;

    public HaltedTests() => saved = listings.Has(
        "images.json",
        Listings.Of([
            .. Listings.Images(60),
            .. Listings.Images(25, repository: "team/web"),
            .. Listings.Images(11, repository: "team/few"),
        ]));

    public void Dispose() => listings.Dispose();

    [Fact]
    public async Task They_are_counted_with_what_they_hold_back_and_the_command_that_approves_each()
    {
        var result = await Listings.PlanAsync(saved, "--max-deletes", "10", "--keep-days", "20");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain(
            "2 repositories have more than 10 expired images (MAX_DELETES). A run deletes none of their images until somebody approves "
                + "it: 65 of the 66 images and up to $0.01 a month.");
        result.Output.ShouldContain(
            "\n  pushpruner reconcile team/app --max-deletes 50 --keep-days 20\n  pushpruner reconcile team/web --max-deletes 15 "
                + "--keep-days 20\n");
    }

    [Fact]
    public async Task As_many_as_may_be_deleted_halt_nothing()
    {
        var result = await Listings.PlanAsync(saved, "--max-deletes", "50");

        result.Output.ShouldContain("No repository has more than 50 expired images (MAX_DELETES), so no run is halted.\n");
    }

    [Fact]
    public async Task The_document_says_which_they_are()
    {
        var json = (await Listings.PlanAsync(saved, "--max-deletes", "20", "--json")).Json;

        json["maxDeletes"]!.GetValue<int>().ShouldBe(20);
        json["repositories"]!.AsArray().Select(r => r!["halted"]!.GetValue<bool>()).ShouldBe([true, false, false]);
        json["repositories"]![0]!["approve"]!.GetValue<string>().ShouldBe("pushpruner reconcile team/app --max-deletes 50");
        json["totals"]!["halted"]!["images"]!.GetValue<int>().ShouldBe(50);
    }

    [Fact]
    public async Task The_command_is_one_that_the_reconcile_takes()
    {
        await using var cli = new CliScenario();
        await cli.InitializeAsync();
        cli.Has("team/app", 14);
        var plan = await cli.PlanAsync("--max-deletes", "3");
        var command = plan.Lines.Single(l => l.StartsWith("  pushpruner reconcile team/app ", StringComparison.Ordinal)).Trim().Split(' ');

        var result = await cli.RunAsync([.. command.Skip(1), "--yes"]);

        result.ExitCode.ShouldBe(0, result.Error);
        cli.Tags("team/app").Count().ShouldBe(10);
    }
}
