using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Cli.Tests.Reconcile;

public sealed class DeletingTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Has("team/app", 14);
        cli.HasMultiArch("team/web", 12);
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData("y")]
    [InlineData(" Yes ")]
    public async Task Yes_deletes_what_was_planned(string answer)
    {
        cli.Terminal = new StringReader($"{answer}\n");

        var result = await cli.ReconcileAsync();

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldContain("Delete 6 images (10 manifests, 8 MB) of 2 repositories? [y/N] ");
        result.Output.ShouldEndWith(
            "team/app: 4 manifests deleted (4 MB)\nteam/web: 6 manifests deleted (4 MB)\nDeleted 10 manifests (8 MB) of 2 repositories.\n");
        cli.Ecr.Images("team/app").Count.ShouldBe(10);
        cli.Ecr.Images("team/web").Count.ShouldBe(30);
    }

    [Fact]
    public async Task What_expires_between_the_plan_and_the_answer_is_kept_and_counted()
    {
        cli.Terminal = new Hesitation(() => cli.Clock.Advance(TimeSpan.FromDays(3)));

        var result = await cli.ReconcileAsync("team/app", "--keep-days", "39.9");

        result.Error.ShouldContain("Delete 2 images");
        result.Output.ShouldContain(
            "team/app: 2 manifests deleted (2 MB)\nteam/app: 2 images expired that the plan did not show: kept. Run it again to see "
                + "them.\n");
        result.ExitCode.ShouldBe(0);
        cli.Tags("team/app")
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(3, 12).Select(n => $"{n}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Others_do_not_take_the_place_of_images_that_somebody_deleted_before_the_answer()
    {
        cli.Terminal = new Hesitation(() =>
        {
            foreach (var image in cli.Ecr.Images("team/app").Where(i => i.Tags[0] is "1" or "2").ToList())
                cli.Ecr.Expire("team/app", image.Digest);
            cli.Clock.Advance(TimeSpan.FromDays(3));
        });

        var result = await cli.ReconcileAsync("team/app", "--keep-days", "39.9");

        result.Error.ShouldContain("Delete 2 images");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldEndWith(
            "\nteam/app: 2 images expired that the plan did not show: kept. Run it again to see them.\nNothing was deleted.\n");
        cli.Ecr.Images("team/app").Count.ShouldBe(12);
        cli.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_policy_that_changes_before_the_answer_deletes_nothing()
    {
        cli.Terminal = new Hesitation(() => cli.Ecr.TagResource(new TagResourceCall
        {
            ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
            Tags = [new ResourceTag { Key = "pushpruner:keep-newest", Value = "5" }],
        }));

        var result = await cli.ReconcileAsync("team/app");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain(
            " is in force, by which 9 images would be deleted. Review them; to approve, run: pushpruner reconcile team/app "
                + "--max-deletes 9 --as-of ");
        cli.Ecr.Images("team/app").Count.ShouldBe(14);
    }

    [Fact]
    public async Task The_command_for_a_halted_repository_covers_only_what_was_expired_then()
    {
        var halted = await cli.ReconcileAsync("team/app", "--dry-run", "--json", "--max-deletes", "1", "--keep-days", "39.9");
        cli.Clock.Advance(TimeSpan.FromDays(3));

        var result = await cli.ApproveAsync(halted, "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        result
            .Result("team/app")
            .ShouldSatisfyAllConditions(
                r => r["deletedCount"]!.GetValue<int>().ShouldBe(2), r => r["notApprovedCount"]!.GetValue<int>().ShouldBe(2));
        cli.Ecr.Images("team/app").Count.ShouldBe(12);
    }

    [Fact]
    public async Task A_repository_with_another_policy_than_the_approved_one_is_halted_with_the_new_command()
    {
        var result = await cli.ReconcileAsync("team/app", "--yes", "--policy-hash", "000000");

        result.ExitCode.ShouldBe(3);
        var hash = PolicyHash.Of(new RetentionPolicy());
        result.Output.ShouldContain(
            $"team/app is halted, and nothing of it is deleted: policy 000000 was approved, but policy {hash} is in force. Review the "
                + $"images; to approve, run:\n"
            + $"  pushpruner reconcile team/app --max-deletes 4 --as-of 2026-06-01T12:00:00Z --policy-hash {hash} --endpoint-url");
        cli.Changes.ShouldBeEmpty();
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
        cli.Terminal = new StringReader(answer);

        var result = await cli.ReconcileAsync();

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldEndWith("\nNothing was deleted.\n");
        cli.Changes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_terminal_nothing_is_asked_or_deleted_and_the_way_out_is_said(bool isJson)
    {
        var result = await cli.ReconcileAsync(isJson ? ["--json"] : []);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldEndWith(
            "Nothing was deleted: nobody is there to ask. Add --yes to delete what is planned, or --dry-run to only plan.\n");
        result.Error.ShouldNotContain("[y/N]");
        cli.Changes.ShouldBeEmpty();
        if (!isJson)
            return;

        result.Json["ending"]!.GetValue<string>().ShouldBe("not-asked");
        result.Json["totals"]!["deleted"]!.GetValue<int>().ShouldBe(0);
        result.Json["totals"]!["toDelete"]!.GetValue<int>().ShouldBe(10);
    }

    [Fact]
    public async Task Json_never_asks_for_its_plan_would_not_be_seen()
    {
        cli.Terminal = new StringReader("y\n");

        var result = await cli.ReconcileAsync("--json");

        result.ExitCode.ShouldBe(2);
        cli.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Yes_beforehand_asks_nothing()
    {
        cli.Terminal = new StringReader("n\n");

        var result = await cli.ReconcileAsync("--yes");

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldNotContain("[y/N]");
        cli.Ecr.Images("team/app").Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_second_run_finds_nothing_to_delete_and_asks_nothing()
    {
        await cli.ReconcileAsync("--yes");
        cli.Ecr.Calls.Clear();
        cli.Terminal = new StringReader("y\n");

        var result = await cli.ReconcileAsync();

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldEndWith("\nNothing to delete.\n");
        result.Error.ShouldNotContain("[y/N]");
        cli.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_document_tells_what_became_of_each()
    {
        cli.Has("team/mailer", 3);

        var result = await cli.ReconcileAsync("--yes", "--json");

        result.ExitCode.ShouldBe(0);
        result.Json["ending"]!.GetValue<string>().ShouldBe("deleted");
        result.Result("team/app")["outcome"]!.GetValue<string>().ShouldBe("pruned");
        result.Result("team/web")["deletedCount"]!.GetValue<int>().ShouldBe(6);
        result.Result("team/web")["dryRun"]!.GetValue<bool>().ShouldBeFalse();
        result.Result("team/mailer")["outcome"]!.GetValue<string>().ShouldBe("nothing-expired");
        result.Json["totals"]!["deleted"]!.GetValue<int>().ShouldBe(10);
        result.Json["totals"]!["bytes"]!.GetValue<long>().ShouldBe(8_000_000);
        result.Json["totals"]!["toDelete"]!.GetValue<int>().ShouldBe(0);
        result.Json["totals"]!["bytesToDelete"]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public async Task What_the_plan_read_of_the_indexes_is_not_read_again_nor_taken_for_a_pull()
    {
        var result = await cli.ReconcileAsync("--yes", "--keep-pulled-days", "7");

        result.ExitCode.ShouldBe(0);
        cli.Ecr.Images("team/web").Count.ShouldBe(30);
        cli.Ecr.Calls.All.Where(c => c is { Operation: "BatchGetImage", Repository: "team/web" })
            .Sum(c => c.IdCount)
            .ShouldBeLessThan(2 * 12);
    }

    [Fact]
    public async Task A_repository_with_nothing_to_delete_is_not_looked_at_twice()
    {
        cli.Has("team/mailer", 3);
        cli.Ecr.Calls.Clear();

        await cli.ReconcileAsync("--yes");

        cli.Ecr.Calls.All.Count(c => c is { Operation: "DescribeImages", Repository: "team/mailer" }).ShouldBe(1);
    }
}
