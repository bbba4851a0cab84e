using System.Text.RegularExpressions;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Reconcile;

public sealed partial class PlanningTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task The_plan_says_of_each_repository_what_stays_and_what_goes()
    {
        cli.Has("team/app", 14);
        cli.Has("team/mailer", 3, days: 300);
        cli.HasMultiArch("team/web", 12);

        var result = await cli.ReconcileAsync("--dry-run");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldBe("""
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
        result.Error.ShouldBeEmpty("it is done in less than ten seconds");
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--dry-run", "--yes")]
    [InlineData("--dry-run", "--yes", "--json")]
    public async Task A_dry_run_makes_no_call_that_changes_anything(params string[] args)
    {
        cli.Has("team/app", 14);
        cli.HasMultiArch("team/web", 12);

        (await cli.ReconcileAsync(args)).ExitCode.ShouldBe(0);

        cli.Ecr.Calls.Count().ShouldBeGreaterThan(0);
        cli.Changes.ShouldBeEmpty();
        cli.Ecr.Images("team/app").Count.ShouldBe(14);
    }

    [Fact]
    public async Task Details_list_each_expired_image_with_its_reason()
    {
        cli.Has("team/app", 12);

        var result = await cli.ReconcileAsync("--dry-run", "--details");

        var digest = ManifestFactory.Image("team/app:1", 1_000_000).Digest;
        result.Lines.ShouldContain($"  - 1  {digest}  pushed 2026-04-22 13:00  1 MB: rank 11, 40.0 days old");
        result.Lines.Count(l => l.StartsWith("  - ", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Details_say_how_many_more_there_are_than_are_listed()
    {
        cli.Has("team/app", 150);

        var result = await cli.ReconcileAsync("--dry-run", "--details");

        result.Lines.Count(l => l.StartsWith("  - ", StringComparison.Ordinal)).ShouldBe(100);
        result.Lines.ShouldContain("  and 40 more");
    }

    [Fact]
    public async Task Details_say_what_is_kept_in_doubt()
    {
        cli.Has("team/app", 12);
        cli.Ecr.Seed(
            "team/app",
            new SeededImage
            {
                Digest = $"sha256:{new string('a', 64)}", MediaType = "application/x-unheard-of", PushedAt = CliScenario.Noon.AddDays(-90),
            });

        var result = await cli.ReconcileAsync("--dry-run", "--details");

        result.Output.ShouldContain("to delete, 1 in doubt");
        result.Error.ShouldContain("Kept in doubt: sha256:aaaa");
    }

    [Fact]
    public async Task Those_that_are_named_come_in_their_order_and_once()
    {
        foreach (var name in (string[])["a1", "b1", "c1"])
            cli.Has(name, 2);

        var result = await cli.ReconcileAsync("c1", "a1", "c1", "--dry-run", "--json");

        result.Json["repositories"]!.AsArray().Select(r => r!["repository"]!.GetValue<string>()).ShouldBe(["c1", "a1"]);
        cli.Ecr.Calls.All.ShouldNotContain(c => c.Repository == "b1");
    }

    [Fact]
    public async Task Of_all_the_registry_patterns_choose_page_by_page()
    {
        for (var n = 0; n < 1_500; n++)
            cli.Ecr.CreateRepository($"app-{n:0000}");
        cli.Ecr.Calls.Clear();

        var result = await cli.ReconcileAsync("--repositories", "app-0*1,app-1499,!app-0??1", "--dry-run", "--json");

        result.Json["repositories"]!.AsArray().Select(r => r!["repository"]!.GetValue<string>()).ShouldBe(["app-1499"]);
        cli.Ecr.Calls.Count("DescribeRepositories").ShouldBe(3, "one tells where the registry is, two are its pages");
    }

    [Fact]
    public async Task An_empty_registry_is_no_error()
    {
        var result = await cli.ReconcileAsync();

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("No repository to look at.");
    }

    [Theory]
    [InlineData("5", null, 5)]
    [InlineData("5", "3", 3 + 2)]
    [InlineData("5", "8", 8)]
    [InlineData(null, "3", 3)]
    public async Task Of_the_command_line_and_the_repository_s_own_tag_the_one_that_keeps_more_counts(string? result, string? tag, int kept)
    {
        cli.Has("team/app", 14);
        if (tag is not null)
        {
            cli.Ecr.TagResource(
                new TagResourceCall
                {
                    ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
                    Tags = [new ResourceTag { Key = "pushpruner:keep-newest", Value = tag }],
                });
        }

        var reply = await cli.ReconcileAsync(["--dry-run", "--json", .. result is null ? (string[])[] : ["--keep-newest", result]]);

        reply.Result("team/app")["kept"]!.GetValue<int>().ShouldBe(kept);
    }

    [Fact]
    public async Task What_a_repository_s_own_tags_forbid_is_said()
    {
        cli.Has("team/app", 14);
        cli.Ecr.TagResource(
            new TagResourceCall
            {
                ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
                Tags = [new ResourceTag { Key = "pushpruner:enabled", Value = "false" }],
            });

        var result = await cli.ReconcileAsync("--yes");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("ignored: the repository's resource tag pushpruner:enabled is false");
        cli.Changes.ShouldNotContain(c => c.Operation == "BatchDeleteImage");
    }

    [Fact]
    public async Task The_policy_is_what_was_asked_for()
    {
        cli.Has("team/app", 14, days: 20);

        var result = await cli.ReconcileAsync(
            "--dry-run",
            "--json",
            "--keep-newest",
            "2",
            "--keep-days",
            "19.8",
            "--protect-tags",
            "1,x*",
            "--keep-pulled-days",
            "7",
            "--settle-minutes",
            "5",
            "--max-deletes",
            "9");

        result.Json["policy"]!
            .ToJsonString()
            .ShouldBe("""{"keepNewest":2,"keepDays":19.8,"protectTags":"1,x*","keepPulledDays":7,"settleMinutes":5,"maxDeletes":9}""");
        result.Result("team/app")["expired"]!
            .AsArray()
            .Select(e => e!["tags"]![0]!.GetValue<string>())
            .ShouldBe(["2", "3", "4"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_document_holds_each_result_and_the_sums()
    {
        cli.Has("team/app", 14);
        cli.Has("team/mailer", 3);

        var result = await cli.ReconcileAsync("--dry-run", "--json");

        result.Json["account"]!.GetValue<string>().ShouldBe("123456789012");
        result.Json["region"]!.GetValue<string>().ShouldBe("us-east-1");
        result.Json["ending"]!.GetValue<string>().ShouldBe("dry-run");
        RequestId().IsMatch(result.Json["requestId"]!.GetValue<string>()).ShouldBeTrue(result.Output);
        result.Result("team/app")["outcome"]!.GetValue<string>().ShouldBe("dry-run");
        result.Result("team/mailer")["outcome"]!.GetValue<string>().ShouldBe("nothing-expired");
        result.Json["totals"]!
            .ToJsonString()
            .ShouldBe(
                """{"repositories":2,"images":17,"kept":13,"expired":4,"deleted":0,"bytes":0,"toDelete":4,"bytesToDelete":4000000,"failedDeletes":0,"failed":0,"halted":0,"unfinished":0}"""
            );
    }

    [GeneratedRegex("^cli-20260601T120000Z-[0-9a-f]{8}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RequestId();
}
