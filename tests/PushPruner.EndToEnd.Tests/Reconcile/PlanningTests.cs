using System.Text.RegularExpressions;
using PushPruner.LocalAws;

namespace PushPruner.EndToEnd.Tests.Reconcile;

public sealed partial class PlanningTests : IAsyncLifetime
{
    readonly CliScenario desk = new();

    public ValueTask InitializeAsync() => desk.InitializeAsync();

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Fact]
    public async Task The_plan_says_of_each_repository_what_stays_and_what_goes()
    {
        desk.Has("team/app", 14);
        desk.Has("team/mailer", 3, days: 300);
        desk.HasMultiArch("team/web", 12);

        var said = await desk.ReconcileAsync("--dry-run");

        said.ExitCode.ShouldBe(0);
        said.Output.ShouldBe("""
            Keeping the newest 10 and everything up to 30 days old.
            Registry of account 123456789012 in us-east-1.

            ╭────────────────┬────────┬──────┬─────────┬─────────────────┬──────┬─────────────────╮
            │ Repository     │ Images │ Kept │ Expired │ Manifests to go │ Size │ Outcome         │
            ├────────────────┼────────┼──────┼─────────┼─────────────────┼──────┼─────────────────┤
            │ team/app       │     14 │   10 │       4 │               4 │ 4 MB │ to delete       │
            │ team/mailer    │      3 │    3 │       0 │               0 │  0 B │ nothing expired │
            │ team/web       │     12 │   10 │       2 │               6 │ 4 MB │ to delete       │
            ├────────────────┼────────┼──────┼─────────┼─────────────────┼──────┼─────────────────┤
            │ 3 repositories │     29 │   23 │       6 │              10 │ 8 MB │                 │
            ╰────────────────┴────────┴──────┴─────────┴─────────────────┴──────┴─────────────────╯

            A dry run: nothing was deleted.

            """.ReplaceLineEndings("\n"));
        said.Error.ShouldBeEmpty("it is done in less than ten seconds");
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--dry-run", "--yes")]
    [InlineData("--dry-run", "--yes", "--json")]
    public async Task A_dry_run_makes_no_call_that_changes_anything(params string[] args)
    {
        desk.Has("team/app", 14);
        desk.HasMultiArch("team/web", 12);

        (await desk.ReconcileAsync(args)).ExitCode.ShouldBe(0);

        desk.Ecr.Calls.Count().ShouldBeGreaterThan(0);
        desk.Changes.ShouldBeEmpty();
        desk.Ecr.Images("team/app").Count.ShouldBe(14);
    }

    [Fact]
    public async Task Details_list_each_expired_image_with_its_reason()
    {
        desk.Has("team/app", 12);

        var said = await desk.ReconcileAsync("--dry-run", "--details");

        var digest = ManifestFactory.Image("team/app:1", 1_000_000).Digest;
        said.Lines.ShouldContain($"  - 1  {digest}  pushed 2026-04-22 13:00  1 MB: rank 11, 40.0 days old");
        said.Lines.Count(l => l.StartsWith("  - ", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Details_say_how_many_more_there_are_than_are_listed()
    {
        desk.Has("team/app", 150);

        var said = await desk.ReconcileAsync("--dry-run", "--details");

        said.Lines.Count(l => l.StartsWith("  - ", StringComparison.Ordinal)).ShouldBe(100);
        said.Lines.ShouldContain("  and 40 more");
    }

    [Fact]
    public async Task Details_say_what_is_kept_in_doubt()
    {
        desk.Has("team/app", 12);
        desk.Ecr.Seed("team/app", new SeededImage { Digest = $"sha256:{new string('a', 64)}", MediaType = "application/x-unheard-of", PushedAt = CliScenario.Noon.AddDays(-90) });

        var said = await desk.ReconcileAsync("--dry-run", "--details");

        said.Output.ShouldContain("to delete, 1 in doubt");
        said.Error.ShouldContain("Kept in doubt: sha256:aaaa");
    }

    [Fact]
    public async Task Those_that_are_named_come_in_their_order_and_once()
    {
        foreach (var name in (string[])["a1", "b1", "c1"])
            desk.Has(name, 2);

        var said = await desk.ReconcileAsync("c1", "a1", "c1", "--dry-run", "--json");

        said.Json["repositories"]!.AsArray().Select(r => r!["repository"]!.GetValue<string>()).ShouldBe(["c1", "a1"]);
        desk.Ecr.Calls.All.ShouldNotContain(c => c.Repository == "b1");
    }

    [Fact]
    public async Task Of_all_the_registry_patterns_choose_page_by_page()
    {
        for (var n = 0; n < 1_500; n++)
            desk.Ecr.CreateRepository($"app-{n:0000}");
        desk.Ecr.Calls.Clear();

        var said = await desk.ReconcileAsync("--repositories", "app-0*1,app-1499,!app-0??1", "--dry-run", "--json");

        said.Json["repositories"]!.AsArray().Select(r => r!["repository"]!.GetValue<string>()).ShouldBe(["app-1499"]);
        desk.Ecr.Calls.Count("DescribeRepositories").ShouldBe(3, "one tells where the registry is, two are its pages");
    }

    [Fact]
    public async Task An_empty_registry_is_no_error()
    {
        var said = await desk.ReconcileAsync();

        said.ExitCode.ShouldBe(0);
        said.Output.ShouldContain("No repository to look at.");
    }

    [Theory]
    [InlineData("5", null, 5)]
    [InlineData("5", "3", 3 + 2)]
    [InlineData("5", "8", 8)]
    [InlineData(null, "3", 3)]
    public async Task Of_the_command_line_and_the_repository_s_own_tag_the_one_that_keeps_more_counts(string? said, string? tag, int kept)
    {
        desk.Has("team/app", 14);
        if (tag is not null)
            desk.Ecr.TagResource(new TagResourceCall { ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app", Tags = [new ResourceTag { Key = "pushpruner:keep-newest", Value = tag }] });

        var reply = await desk.ReconcileAsync(["--dry-run", "--json", .. said is null ? (string[])[] : ["--keep-newest", said]]);

        reply.Result("team/app")["kept"]!.GetValue<int>().ShouldBe(kept);
    }

    [Fact]
    public async Task What_a_repository_s_own_tags_forbid_is_said()
    {
        desk.Has("team/app", 14);
        desk.Ecr.TagResource(new TagResourceCall { ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app", Tags = [new ResourceTag { Key = "pushpruner:enabled", Value = "false" }] });

        var said = await desk.ReconcileAsync("--yes");

        said.ExitCode.ShouldBe(0);
        said.Output.ShouldContain("ignored: the repository's resource tag pushpruner:enabled is false");
        desk.Changes.ShouldNotContain(c => c.Operation == "BatchDeleteImage");
    }

    [Fact]
    public async Task The_policy_is_what_was_asked_for()
    {
        desk.Has("team/app", 14, days: 20);

        var said = await desk.ReconcileAsync("--dry-run", "--json", "--keep-newest", "2", "--keep-days", "19.8", "--protect-tags", "1,x*", "--keep-pulled-days", "7", "--settle-minutes", "5", "--max-deletes", "9");

        said.Json["policy"]!.ToJsonString().ShouldBe("""{"keepNewest":2,"keepDays":19.8,"protectTags":"1,x*","keepPulledDays":7,"settleMinutes":5,"maxDeletes":9}""");
        said.Result("team/app")["expired"]!.AsArray().Select(e => e!["tags"]![0]!.GetValue<string>()).ShouldBe(["2", "3", "4"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_document_holds_each_result_and_the_sums()
    {
        desk.Has("team/app", 14);
        desk.Has("team/mailer", 3);

        var said = await desk.ReconcileAsync("--dry-run", "--json");

        said.Json["account"]!.GetValue<string>().ShouldBe("123456789012");
        said.Json["region"]!.GetValue<string>().ShouldBe("us-east-1");
        said.Json["ending"]!.GetValue<string>().ShouldBe("dry-run");
        RequestId().IsMatch(said.Json["requestId"]!.GetValue<string>()).ShouldBeTrue(said.Output);
        said.Result("team/app")["outcome"]!.GetValue<string>().ShouldBe("dry-run");
        said.Result("team/mailer")["outcome"]!.GetValue<string>().ShouldBe("nothing-expired");
        said.Json["totals"]!.ToJsonString().ShouldBe(
            """{"repositories":2,"images":17,"kept":13,"expired":4,"deleted":0,"bytes":0,"toDelete":4,"bytesToDelete":4000000,"failedDeletes":0,"failed":0,"halted":0,"unfinished":0}""");
    }

    [GeneratedRegex("^cli-20260601T120000Z-[0-9a-f]{8}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RequestId();
}
