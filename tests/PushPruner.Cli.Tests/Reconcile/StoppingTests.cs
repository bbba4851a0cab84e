namespace PushPruner.Cli.Tests.Reconcile;

public sealed class StoppingTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Has("team/app", 260);
        cli.Has("team/web", 14);
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task In_the_middle_of_deleting_it_ends_cleanly_and_says_what_was_done_and_what_is_left()
    {
        InterruptAt("BatchDeleteImage", 2);

        var result = await cli.ReconcileAsync("--yes");

        result.ExitCode.ShouldBe(130);
        result.Output.ShouldContain("team/app: 200 manifests deleted (200 MB), not all\n");
        result.Output.ShouldEndWith(
            "Stopped. Deleted 200 manifests (200 MB) of 1 repository. Left: team/app, team/web. The same command goes on from there.\n");
        result.Error.ShouldContain("Stopping as soon as the books are in order; Ctrl-C again ends it at once.");
        cli.Ecr.Images("team/app").Count.ShouldBe(60, "the call that ran came to its end");
        cli.Ecr.Images("team/web").Count.ShouldBe(14);
    }

    [Fact]
    public async Task A_JSON_document_reports_that_the_run_was_stopped()
    {
        InterruptAt("BatchDeleteImage", 2);

        var result = await cli.ReconcileAsync("--yes", "--json");

        result.ExitCode.ShouldBe(130);
        result.Json["ending"]!.GetValue<string>().ShouldBe("stopped");
        result.Json["left"]!.ToJsonString().ShouldBe("""["team/app","team/web"]""");
        result.Result("team/app")["done"]!.GetValue<bool>().ShouldBeFalse();
        result.Json["totals"]!["deleted"]!.GetValue<int>().ShouldBe(200);
        result.Json["totals"]!["toDelete"]!.GetValue<int>().ShouldBe(4, "of team/web it did not come to deleting");
        result.Json["totals"]!["bytesToDelete"]!.GetValue<long>().ShouldBe(4_000_000);
    }

    [Theory]
    [InlineData("DescribeRepositories", 1)]
    [InlineData("DescribeImages", 1)]
    [InlineData("DescribeImages", 2)]
    [InlineData("ListTagsForResource", 1)]
    public async Task While_planning_nothing_is_deleted(string operation, int call)
    {
        InterruptAt(operation, call);

        var result = await cli.ReconcileAsync("--yes");

        result.ExitCode.ShouldBe(130);
        result.Output.ShouldContain("Nothing was deleted.");
        cli.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task At_the_question_it_is_no_answer()
    {
        using var terminal = new InterruptedReader(cli.Interrupt);
        cli.Terminal = terminal;

        var result = await cli.ReconcileAsync();

        result.ExitCode.ShouldBe(130);
        result.Output.ShouldEndWith("Stopped. Nothing was deleted. Left: team/app, team/web. The same command goes on from there.\n");
        cli.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wherever_it_stops_running_again_ends_as_if_it_had_not()
    {
        await cli.ReconcileAsync("--yes");
        var calls = cli.Ecr.Calls.Count();
        calls.ShouldBeGreaterThan(10);

        for (var call = 1; call <= calls; call++)
        {
            await using var other = new CliScenario();
            await other.InitializeAsync();
            other.Has("team/app", 260);
            other.Has("team/web", 14);
            other.InterruptAt(c => c.Number == call);
            await other.ReconcileAsync("--yes");
            other.GoOn();

            (await other.ReconcileAsync("--yes")).ExitCode.ShouldBe(0);

            foreach (var repository in (string[])["team/app", "team/web"])
                other.Tags(repository).ShouldBe(cli.Tags(repository), ignoreOrder: true, $"interrupted at call {call}");
        }
    }

    void InterruptAt(string operation, int call)
    {
        var calls = 0;
        cli.InterruptAt(c => c.Operation == operation && ++calls == call);
    }

    sealed class InterruptedReader(CancellationTokenSource interrupt) : TextReader
    {
        public override string? ReadLine()
        {
            interrupt.Cancel();
            return "y";
        }
    }
}
