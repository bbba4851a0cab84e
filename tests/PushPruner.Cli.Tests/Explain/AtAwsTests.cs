using System.Globalization;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Explain;

public sealed class AtAwsTests : IAsyncLifetime
{
    const string Hostile = "[red]\e[2J\e]0;owned\a\r\u009b31m\u202egnp[/]";

    readonly CliScenario cli = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task It_says_what_has_to_come_to_pass_and_the_rule_does_so()
    {
        cli.Has("team/app", 12, days: 20);

        var result = await ExplainAsync("team/app", "8");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldStartWith("""
            team/app  8
            sha256:
            """.ReplaceLineEndings("\n"));
        result
            .Lines[3]
            .ShouldBe("kept: rank 4 of 10, 19.6 days old; goes when 6 more images are pushed and it is past 2026-06-11 20:00 UTC");
    }

    [Fact]
    public async Task It_is_told_that_promotions_are_known_to_the_table_alone()
    {
        cli.Has("team/app", 1);

        (await ExplainAsync("team/app", "1")).Output.ShouldEndWith("""

            Keeping the newest 10 and everything up to 30 days old.
            Registry of account 123456789012 in us-east-1.
            * Promotions are known to the stack's table alone: where images are pushed again under new tags, give --stack or --index-table.

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_number_of_deletes_that_halts_a_run_is_named()
    {
        cli.Has("team/app", 511, days: 90);
        cli.Has("team/web", 510, days: 90);

        (await ExplainAsync("team/app", "1")).Output.ShouldContain(
            "\n* 501 images of the repository are expired, more than MAX_DELETES (500): a run deletes none of them until somebody "
                + "approves it.\n");
        (await ExplainAsync("team/web", "1")).Output.ShouldNotContain("MAX_DELETES");
    }

    [Fact]
    public async Task The_last_pull_of_any_part_is_told()
    {
        cli.HasMultiArch("team/web", 1);
        var member = ManifestFactory.Image("team/web:1", 1_000_000, "linux/arm64").Digest;
        cli.Clock.Advance(TimeSpan.FromHours(1));
        cli.Ecr.BatchGetImage(new BatchGetImageCall { RepositoryName = "team/web", ImageIds = [new EcrImageId { ImageDigest = member }] });

        (await ExplainAsync("team/web", "v1")).Output.ShouldContain($"\n  Last pulled  2026-06-01 13:00 UTC, its member {member[..19]}\n");
    }

    [Fact]
    public async Task What_is_expired_goes_with_the_next_push_or_reconcile()
    {
        cli.Has("team/app", 14);

        var result = await ExplainAsync("team/app:4");
        await cli.ReconcileAsync("team/app", "--yes");

        result.Lines[3].ShouldBe("expired: rank 10, 39.9 days old; goes with the next push to the repository or the next reconcile");
        cli.Tags("team/app").ShouldNotContain("4");
    }

    [Fact]
    public async Task A_repository_that_keeps_everything_keeps_it_and_says_what_would_be_but_for_that()
    {
        cli.Has("team/app", 14);
        Tag("team/app", "pushpruner:enabled", "false");

        var result = await ExplainAsync("team/app", "1");
        var json = await ExplainAsync("team/app", "1", "--json");

        result
            .Lines[3]
            .ShouldBe(
                "kept: the repository's resource tag pushpruner:enabled is false; but for that it is expired: rank 13, 40.0 days old; "
                    + "goes with the next push to the repository or the next reconcile");
        json.Json["verdict"]!.GetValue<string>().ShouldBe("kept");
    }

    [Fact]
    public async Task A_repository_s_own_numbers_count()
    {
        cli.Has("team/app", 14);
        Tag("team/app", "pushpruner:keep-newest", "12");

        (await ExplainAsync("team/app", "4")).Lines[3].ShouldBe("kept: rank 10 of 12, 39.8 days old; goes when 2 more images are pushed");
    }

    [Fact]
    public async Task A_member_that_images_share_is_kept_while_any_of_them_is()
    {
        var shared = ManifestFactory.Image("shared", 1_000_000);
        cli.Has("team/app", 10, days: 20);
        cli.Ecr.Seed("team/app", [
            shared.At(CliScenario.Noon.AddDays(-90)),
            ManifestFactory.ManifestList(shared, ManifestFactory.Image("a", 1)).At(CliScenario.Noon.AddDays(-90), "old"),
            ManifestFactory.Image("a", 1).At(CliScenario.Noon.AddDays(-90)),
            ManifestFactory.ManifestList(shared).At(CliScenario.Noon.AddDays(-10), "new")]);

        var result = await ExplainAsync("team/app", shared.Digest);

        result.Lines
            .Skip(2)
            .Take(5)
            .ShouldBe(
                [
                    "",
                    "kept: a member of 2 images, and stays as long as any of them does",
                    $"  - old ({Short("old")}) is expired: rank 11, 90.0 days old; "
                        + "goes with the next push to the repository or the next reconcile",
                    $"  - new ({Short("new")}) is kept: rank 0 of 10, 10.0 days old; "
                        + "goes when 10 more images are pushed and it is past 2026-06-21 12:00 UTC",
                    "",
                ],
                ignoreOrder: true);
    }

    [Fact]
    public async Task An_index_is_shown_with_its_members()
    {
        cli.HasMultiArch("team/web", 1);

        var result = await ExplainAsync("team/web", "v1");

        result.Lines.Count(l => l.StartsWith("  Member       sha256:", StringComparison.Ordinal)).ShouldBe(2);
        result.Output.ShouldContain("  Size         2 MB with all that it owns\n");
    }

    [Fact]
    public async Task What_was_pushed_just_now_without_a_tag_waits_until_it_is_proven()
    {
        cli.Ecr.Seed("team/app", ManifestFactory.Image("x", 1_000).At(CliScenario.Noon.AddMinutes(-10.5)));

        var result = await ExplainAsync("team/app", ManifestFactory.Image("x", 1_000).Digest);

        result
            .Lines[3]
            .ShouldBe(
                "kept: it isn't proven to be an image yet, an index that names it may be on its way; a reconcile after 2026-06-01 12:50 "
                    + "UTC counts it as one if there is none");
    }

    [Fact]
    public async Task What_is_not_there_is_told_with_what_looks_like_it_and_where_else_to_ask()
    {
        cli.Has("team/app", 14);

        var result = await ExplainAsync("team/app", "114");
        var json = await ExplainAsync("team/app", "114", "--json");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBe("""
            Nothing is known of 114 in team/app.
            Tags that look like it: 11, 14
            If it was deleted, the deployed stack's table knows when and why: give --stack NAME, or --index-table with the stack's output IndexTableName.

            """.ReplaceLineEndings("\n"));
        json.ExitCode.ShouldBe(1);
        json.Json["verdict"]!.GetValue<string>().ShouldBe("unknown");
        json.Json["near"]!.ToJsonString().ShouldBe("""["11","14"]""");
    }

    [Fact]
    public async Task Nothing_is_called_that_changes_anything_and_one_repository_alone_is_read()
    {
        cli.Has("team/app", 14);
        cli.HasMultiArch("team/web", 3);

        await ExplainAsync("team/web", "v1");

        cli.Changes.ShouldBeEmpty();
        cli.Ecr.Calls.Count().ShouldBe(4, cli.Ecr.Calls.ToString());
        cli.Ecr.Calls.All.ShouldAllBe(c => c.Repository == null || c.Repository == "team/web");
    }

    [Fact]
    public async Task At_any_call_Ctrl_C_ends_it_with_130_and_nothing_is_told()
    {
        cli.HasMultiArch("team/web", 3);
        await ExplainAsync("team/web", "v1");
        var calls = cli.Ecr.Calls.Count();

        for (var call = 1; call <= calls; call++)
        {
            cli.GoOn();
            var left = call;
            cli.InterruptAt(_ => --left == 0);

            var result = await ExplainAsync("team/web", "v1");

            result.ExitCode.ShouldBe(130, $"interrupted at call {call}");
            result.Output.ShouldBeEmpty();
            result.Error.ShouldEndWith("Stopped. Nothing was changed.\n");
        }
    }

    [Fact]
    public async Task What_fails_is_told_with_the_way_out()
    {
        cli.Has("team/app", 3);
        cli.Ecr.Faults.Next("DescribeImages", Fault.Refusal("AccessDeniedException", "no"));

        var denied = await ExplainAsync("team/app", "1");
        var nosuch = await ExplainAsync("team/nosuch", "1");

        denied.ExitCode.ShouldBe(1);
        denied.Error.ShouldEndWith("team/app: AccessDeniedException: no; the permissions it takes stand in the command's --help\n");
        nosuch.ExitCode.ShouldBe(1);
        nosuch.Error.ShouldBe("team/nosuch: there is no repository team/nosuch; is it the right account and region?\n");
    }

    [Fact]
    public async Task Names_that_others_gave_reach_no_terminal_as_a_command()
    {
        var evil = ManifestFactory.Image("evil", 1_000);
        cli.Ecr.Seed("team/app", evil.At(CliScenario.Noon.AddDays(-90), Hostile));

        var text = await ExplainAsync("team/app", evil.Digest);
        var json = await ExplainAsync("team/app", evil.Digest, "--json");

        text.Output.ShouldStartWith("team/app  [red]\ufffd[2J");
        json.Json["tags"]![0]!.GetValue<string>().ShouldBe(Hostile);
        (text.Output + json.Output)
            .Where(c => c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format)
            .ShouldBeEmpty();
    }

    Task<CliResult> ExplainAsync(params string[] args) => cli.RunAsync(["explain", "--endpoint-url", cli.Url.ToString(), .. args]);

    string Short(string tag) => cli.Ecr.Images("team/app").Single(i => i.Tags.Contains(tag)).Digest[..19];

    void Tag(string repository, string key, string value) => cli.Ecr.TagResource(new TagResourceCall
    {
        ResourceArn = $"arn:aws:ecr:us-east-1:123456789012:repository/{repository}",
        Tags = [new ResourceTag { Key = key, Value = value }],
    });
}
