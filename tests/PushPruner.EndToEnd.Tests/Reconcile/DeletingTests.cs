using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.EndToEnd.Tests.Reconcile;

public sealed class DeletingTests : IAsyncLifetime
{
    readonly CliScenario desk = new();

    public async ValueTask InitializeAsync()
    {
        await desk.InitializeAsync();
        desk.Has("team/app", 14);
        desk.HasMultiArch("team/web", 12);
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Theory]
    [InlineData("y")]
    [InlineData(" Yes ")]
    public async Task Yes_deletes_what_was_planned(string answer)
    {
        desk.Terminal = new StringReader($"{answer}\n");

        var said = await desk.ReconcileAsync();

        said.ExitCode.ShouldBe(0);
        said.Error.ShouldContain("Delete 6 images (10 manifests, 8 MB) of 2 repositories? [y/N] ");
        said.Output.ShouldEndWith("team/app: 4 manifests deleted (4 MB)\nteam/web: 6 manifests deleted (4 MB)\nDeleted 10 manifests (8 MB) of 2 repositories.\n");
        desk.Ecr.Images("team/app").Count.ShouldBe(10);
        desk.Ecr.Images("team/web").Count.ShouldBe(30);
    }

    [Fact]
    public async Task What_expires_between_the_plan_and_the_answer_is_kept_and_counted()
    {
        desk.Terminal = new Hesitation(() => desk.Clock.Advance(TimeSpan.FromDays(3)));

        var said = await desk.ReconcileAsync("team/app", "--keep-days", "39.9");

        said.Error.ShouldContain("Delete 2 images");
        said.Output.ShouldContain("team/app: 2 manifests deleted (2 MB)\nteam/app: 2 images expired that the plan did not show: kept. Run it again to see them.\n");
        said.ExitCode.ShouldBe(0);
        desk.Tags("team/app").Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(3, 12).Select(n => $"{n}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Others_do_not_take_the_place_of_images_that_somebody_deleted_before_the_answer()
    {
        desk.Terminal = new Hesitation(() =>
        {
            foreach (var image in desk.Ecr.Images("team/app").Where(i => i.Tags[0] is "1" or "2").ToList())
                desk.Ecr.Expire("team/app", image.Digest);
            desk.Clock.Advance(TimeSpan.FromDays(3));
        });

        var said = await desk.ReconcileAsync("team/app", "--keep-days", "39.9");

        said.Error.ShouldContain("Delete 2 images");
        said.ExitCode.ShouldBe(0);
        said.Output.ShouldEndWith("\nteam/app: 2 images expired that the plan did not show: kept. Run it again to see them.\nNothing was deleted.\n");
        desk.Ecr.Images("team/app").Count.ShouldBe(12);
        desk.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_policy_that_changes_before_the_answer_deletes_nothing()
    {
        desk.Terminal = new Hesitation(() => desk.Ecr.TagResource(new TagResourceCall
        {
            ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
            Tags = [new ResourceTag { Key = "pushpruner:keep-newest", Value = "5" }],
        }));

        var said = await desk.ReconcileAsync("team/app");

        said.ExitCode.ShouldBe(1);
        said.Error.ShouldContain(" is in force, by which 9 images would be deleted. Review them; to approve, run: pushpruner reconcile team/app --max-deletes 9 --as-of ");
        desk.Ecr.Images("team/app").Count.ShouldBe(14);
    }

    [Fact]
    public async Task The_command_for_a_halted_repository_covers_only_what_was_expired_then()
    {
        var halted = await desk.ReconcileAsync("team/app", "--dry-run", "--json", "--max-deletes", "1", "--keep-days", "39.9");
        var command = halted.Json["repositories"]![0]!["approve"]!.GetValue<string>();
        desk.Clock.Advance(TimeSpan.FromDays(3));

        var said = await desk.RunAsync([.. command.Split(' ').Skip(1), "--yes", "--json"]);

        said.ExitCode.ShouldBe(0, said.Error);
        said.Result("team/app").ShouldSatisfyAllConditions(r => r["deletedCount"]!.GetValue<int>().ShouldBe(2), r => r["notApprovedCount"]!.GetValue<int>().ShouldBe(2));
        desk.Ecr.Images("team/app").Count.ShouldBe(12);
    }

    [Fact]
    public async Task A_repository_with_another_policy_than_the_approved_one_is_halted_with_the_new_command()
    {
        var said = await desk.ReconcileAsync("team/app", "--yes", "--policy-hash", "000000");

        said.ExitCode.ShouldBe(3);
        var hash = PolicyHash.Of(new RetentionPolicy());
        said.Output.ShouldContain(
            $"team/app is halted, and nothing of it is deleted: policy 000000 was approved, but policy {hash} is in force. Review the images; to approve, run:\n"
            + $"  pushpruner reconcile team/app --max-deletes 4 --as-of 2026-06-01T12:00:00Z --policy-hash {hash} --endpoint-url");
        desk.Changes.ShouldBeEmpty();
    }

    // Something happens while the person thinks.
    sealed class Hesitation(Action meanwhile) : StringReader("y\n")
    {
        public override string? ReadLine()
        {
            meanwhile();
            return base.ReadLine();
        }
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData("yeah\n")]
    [InlineData("")]
    public async Task Any_other_answer_deletes_nothing(string answer)
    {
        desk.Terminal = new StringReader(answer);

        var said = await desk.ReconcileAsync();

        said.ExitCode.ShouldBe(0);
        said.Output.ShouldEndWith("\nNothing was deleted.\n");
        desk.Changes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_terminal_nothing_is_asked_or_deleted_and_the_way_out_is_said(bool isJson)
    {
        var said = await desk.ReconcileAsync(isJson ? ["--json"] : []);

        said.ExitCode.ShouldBe(2);
        said.Error.ShouldEndWith("Nothing was deleted: nobody is there to ask. Add --yes to delete what is planned, or --dry-run to only plan.\n");
        said.Error.ShouldNotContain("[y/N]");
        desk.Changes.ShouldBeEmpty();
        if (!isJson)
            return;

        said.Json["ending"]!.GetValue<string>().ShouldBe("not-asked");
        said.Json["totals"]!["deleted"]!.GetValue<int>().ShouldBe(0);
        said.Json["totals"]!["toDelete"]!.GetValue<int>().ShouldBe(10);
    }

    [Fact]
    public async Task Json_never_asks_for_its_plan_would_not_be_seen()
    {
        desk.Terminal = new StringReader("y\n");

        var said = await desk.ReconcileAsync("--json");

        said.ExitCode.ShouldBe(2);
        desk.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Yes_beforehand_asks_nothing()
    {
        desk.Terminal = new StringReader("n\n");

        var said = await desk.ReconcileAsync("--yes");

        said.ExitCode.ShouldBe(0);
        said.Error.ShouldNotContain("[y/N]");
        desk.Ecr.Images("team/app").Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_second_run_finds_nothing_to_delete_and_asks_nothing()
    {
        await desk.ReconcileAsync("--yes");
        desk.Ecr.Calls.Clear();
        desk.Terminal = new StringReader("y\n");

        var said = await desk.ReconcileAsync();

        said.ExitCode.ShouldBe(0);
        said.Output.ShouldEndWith("\nNothing to delete.\n");
        said.Error.ShouldNotContain("[y/N]");
        desk.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_document_tells_what_became_of_each()
    {
        desk.Has("team/mailer", 3);

        var said = await desk.ReconcileAsync("--yes", "--json");

        said.ExitCode.ShouldBe(0);
        said.Json["ending"]!.GetValue<string>().ShouldBe("deleted");
        said.Result("team/app")["outcome"]!.GetValue<string>().ShouldBe("pruned");
        said.Result("team/web")["deletedCount"]!.GetValue<int>().ShouldBe(6);
        said.Result("team/web")["dryRun"]!.GetValue<bool>().ShouldBeFalse();
        said.Result("team/mailer")["outcome"]!.GetValue<string>().ShouldBe("nothing-expired");
        said.Json["totals"]!["deleted"]!.GetValue<int>().ShouldBe(10);
        said.Json["totals"]!["bytes"]!.GetValue<long>().ShouldBe(8_000_000);
        said.Json["totals"]!["toDelete"]!.GetValue<int>().ShouldBe(0);
        said.Json["totals"]!["bytesToDelete"]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public async Task What_the_plan_read_of_the_indexes_is_not_read_again_nor_taken_for_a_pull()
    {
        var said = await desk.ReconcileAsync("--yes", "--keep-pulled-days", "7");

        said.ExitCode.ShouldBe(0);
        desk.Ecr.Images("team/web").Count.ShouldBe(30);
        desk.Ecr.Calls.All.Where(c => c is { Operation: "BatchGetImage", Repository: "team/web" }).Sum(c => c.IdCount).ShouldBeLessThan(2 * 12);
    }

    [Fact]
    public async Task A_repository_with_nothing_to_delete_is_not_looked_at_twice()
    {
        desk.Has("team/mailer", 3);
        desk.Ecr.Calls.Clear();

        await desk.ReconcileAsync("--yes");

        desk.Ecr.Calls.All.Count(c => c is { Operation: "DescribeImages", Repository: "team/mailer" }).ShouldBe(1);
    }
}
