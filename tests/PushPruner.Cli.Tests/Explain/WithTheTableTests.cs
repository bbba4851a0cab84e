using PushPruner.Aws.Dynamo;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Wire;

namespace PushPruner.Cli.Tests.Explain;

public sealed class WithTheTableTests(Servers servers) : IClassFixture<Servers>, IAsyncLifetime
{
    static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    readonly CliScenario cli = new();
    readonly string table = $"explain-{TestContext.Current.Test!.UniqueID[..12]}";

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = servers.Dynamo.Url.ToString();
        await servers.Dynamo.CreateTableAsync(IndexTable.Definition(table), Token);
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData("3")]
    [InlineData("DIGEST")]
    [InlineData("SHORT")]
    public async Task What_was_deleted_is_told_with_when_and_why(string name)
    {
        cli.Has("team/app", 14);
        var reconciled = await ReconcileAsync();
        var digest = ManifestFactory.Image("team/app:3", 1_000_000).Digest;

        var result = await ExplainAsync(
            "team/app", name.Replace("DIGEST", digest, StringComparison.Ordinal).Replace("SHORT", digest[..20], StringComparison.Ordinal));

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldBe($"""
            team/app  3
            {digest}

            deleted on 2026-06-01 12:00 UTC: rank 11 or more, 39.9 days old

              Request      {reconciled.Json["requestId"]!.GetValue<string>()}
              Pushed       2026-04-22 15:00 UTC
              Age          39.9 days
              Rank         11
              Policy       Keeping the newest 10 and everything up to 30 days old.
              Size         1 MB

            Registry of account 123456789012 in us-east-1.

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_push_or_execution_that_deleted_an_image_is_named()
    {
        cli.Has("team/app", 1);
        await BuryAsync(1, CliScenario.Noon, isFoundGone: false, t => t with
        {
            EventId = "7bf73129-1428-4cd3-a780-95db273d1602",
            Execution = "arn:aws:states:us-east-1:123456789012:execution:Reconcile:weekly",
            Rank = 12,
            ActiveAt = CliScenario.Noon.AddDays(-31),
            Policy = new RetentionPolicy { KeepNewest = 7, KeepFor = TimeSpan.FromDays(14.5), ProtectTags = WildcardSet.Of("prod") },
        });

        var text = await ExplainAsync("team/app", "nightly");
        var json = await ExplainAsync("team/app", "nightly", "--json");

        text.Output.ShouldContain("""

              Request      request
              Event        7bf73129-1428-4cd3-a780-95db273d1602
              Execution    arn:aws:states:us-east-1:123456789012:execution:Reconcile:weekly
              Pushed       2026-04-22 12:00 UTC
              Age          31.0 days, counted from 2026-05-01 12:00 UTC
              Rank         12
              Policy       Keeping the newest 7 and everything up to 14.5 days old, and what a tag protects (prod).
              Size         0 B

            """.ReplaceLineEndings("\n"));
        var deletion = json.Json["deletions"]!.AsArray().ShouldHaveSingleItem()!;
        deletion
            .ToJsonString()
            .ShouldEndWith(
                """"requestId":"request","eventId":"7bf73129-1428-4cd3-a780-95db273d1602","execution":"arn:aws:states:us-east-1:123456789012:execution:Reconcile:weekly","rank":12,"activeAt":"2026-05-01T12:00:00Z","ageDays":31,"policy":{"keepNewest":7,"keepDays":14.5,"protectTags":"prod","keepPulledDays":0,"settleMinutes":60}}"""");
    }

    [Fact]
    public async Task An_older_tombstone_that_tells_less_is_told_as_far_as_it_goes()
    {
        cli.Has("team/app", 1);
        await BuryAsync(1, CliScenario.Noon, isFoundGone: false);

        var text = await ExplainAsync("team/app", "nightly");
        var json = await ExplainAsync("team/app", "nightly", "--json");

        text.Output.ShouldContain("""

              Request      request
              Pushed       2026-04-22 12:00 UTC
              Size         0 B

            """.ReplaceLineEndings("\n"));
        json.Json["deletions"]![0]!
            .AsObject()
            .Select(field => field.Key)
            .ShouldBe(["digest", "tags", "pushedAt", "bytes", "deletedAt", "reason", "foundGone", "requestId"]);
    }

    [Fact]
    public async Task A_member_that_was_deleted_with_its_manifest_list_is_explained()
    {
        cli.HasMultiArch("team/web", 12);
        await ReconcileAsync();
        var member = ManifestFactory.Image("team/web:1", 1_000_000).Digest;

        var result = await ExplainAsync("team/web", member, "--json");

        result.Json["verdict"]!.GetValue<string>().ShouldBe("deleted");
        result.Json["deletions"]![0]!["reason"]!.GetValue<string>().ShouldStartWith("member of sha256:");
    }

    [Fact]
    public async Task Of_what_was_pushed_again_the_earlier_deletion_is_told_beside_what_is_there()
    {
        var digest = await BuryThePushOfAsync(CliScenario.Noon.AddDays(-100));

        var text = await ExplainAsync("team/app", "1");
        var json = await ExplainAsync("team/app", digest, "--json");

        text.Lines.ShouldContain("  Before       an earlier push of this digest was deleted on 2026-05-31 12:00 UTC: reason 1");
        text.Output.ShouldContain($"team/app  1\n{digest}\n\nkept: ");
        json.Json["verdict"]!.GetValue<string>().ShouldBe("kept");
        json.Json["deletions"]!.AsArray().ShouldHaveSingleItem()!["reason"]!.GetValue<string>().ShouldBe("reason 1");
    }

    [Fact]
    public async Task What_survived_its_delete_is_not_told_to_be_deleted()
    {
        var digest = await BuryThePushOfAsync(CliScenario.Noon.AddDays(-40).AddHours(1));

        var text = await ExplainAsync("team/app", digest);
        var json = await ExplainAsync("team/app", "1", "--json");

        text.ExitCode.ShouldBe(0, text.Error);
        text.Output.ShouldNotContain("deleted on");
        json.Json["deletions"].ShouldBeNull();
    }

    [Fact]
    public async Task Several_deletions_under_one_tag_are_told_the_latest_first()
    {
        cli.Has("team/app", 1);
        for (var day = 1; day <= 3; day++)
            await BuryAsync(day, CliScenario.Noon.AddDays(-day), isFoundGone: day == 2);

        var result = await ExplainAsync("team/app", "nightly");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Lines
            .Where(l => l.StartsWith("deleted on", StringComparison.Ordinal) || l.StartsWith("gone on", StringComparison.Ordinal))
            .ShouldBe([
                "deleted on 2026-05-31 12:00 UTC: reason 1",
                "gone on 2026-05-30 12:00 UTC: reason 2",
                "deleted on 2026-05-29 12:00 UTC: reason 3",
            ]);
    }

    [Fact]
    public async Task Tags_of_what_was_deleted_are_among_those_that_look_like_it()
    {
        cli.Has("team/app", 1);
        await BuryAsync(1, CliScenario.Noon.AddDays(-1), isFoundGone: false);

        var result = await ExplainAsync("team/app", "nightlyy");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBe("""
            Nothing is known of nightlyy in team/app.
            Tags that look like it: nightly
            The table remembers for 90 days what was deleted; nothing of this name is in it.

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_promotion_counts_and_is_told()
    {
        cli.Has("team/app", 11);
        await ReconcileAsync("--dry-run");
        await PromoteAsync(ManifestFactory.Image("team/app:1", 1_000_000).Digest);

        var result = await ExplainAsync("team/app", "1");

        result.Lines[5].ShouldBe("kept: rank 10, 1.0 days old; goes after 2026-06-30 12:00 UTC");
        result.Output.ShouldContain("\n  Age          counts from its promotion on 2026-05-31 12:00 UTC\n");
    }

    [Fact]
    public async Task A_part_whose_index_somebody_deleted_by_hand_goes_by_its_age()
    {
        cli.HasMultiArch("team/web", 1, days: 20);
        await ReconcileAsync("--dry-run");
        var index = cli.Ecr.Images("team/web").Single(i => i.Tags.Contains("v1")).Digest;
        cli.Ecr.BatchDeleteImage(
            new BatchDeleteImageCall { RepositoryName = "team/web", ImageIds = [new EcrImageId { ImageDigest = index }] }
        );

        var result = await ExplainAsync("team/web", ManifestFactory.Image("team/web:1", 1_000_000).Digest);

        result.Lines[5].ShouldBe("kept: a part whose index is gone, 19.9 days old; goes after 2026-06-11 13:00 UTC");
    }

    [Fact]
    public async Task The_table_is_only_read()
    {
        cli.Has("team/app", 14);
        await ReconcileAsync();
        await using var proxy = await RecordingProxy.StartAsync(servers.Dynamo.Url);
        cli.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = proxy.Url.ToString();

        foreach (var name in (string[])["3", "12", "nosuch", ManifestFactory.Image("team/app:3", 1_000_000).Digest])
            await ExplainAsync("team/app", name);

        proxy.Calls.ShouldNotBeEmpty();
        proxy.Calls.Select(c => c.Operation).Where(o => o is not ("Query" or "GetItem" or "BatchGetItem")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stack_s_table_is_that_of_its_function()
    {
        cli.Has("team/app", 1);
        await BuryAsync(1, CliScenario.Noon, isFoundGone: false);
        await using var function = LocalFunction.StartInProcess(
            "pruner-OnImagePushed-X",
            new LocalFunctionOptions
            {
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["STACK_NAME"] = "pruner",
                    ["ANNOTATIONS_HANDLER"] = "OnImagePushed",
                    ["INDEX_TABLE"] = table,
                },
            },
            cli.Clock,
            (_, _) => Task.FromResult("{}"));
        cli.Add(function);

        var deleted = await cli.RunAsync("explain", "team/app", "nightly", "--endpoint-url", cli.Url.ToString(), "--stack", "pruner");
        var kept = await cli.RunAsync("explain", "team/app", "1", "--endpoint-url", cli.Url.ToString(), "--stack", "pruner");

        deleted.ExitCode.ShouldBe(0, deleted.Error);
        deleted.Output.ShouldContain("\ndeleted on 2026-06-01 12:00 UTC: ");
        kept.Output.ShouldStartWith("Policy and table of stack pruner; ");
        kept.Output.ShouldNotContain("Promotions are known to the stack's table alone");
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_named()
    {
        cli.Has("team/app", 14);

        var result = await cli.RunAsync("explain", "team/app", "3", "--endpoint-url", cli.Url.ToString(), "--index-table", "nosuch");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("there is no table \"nosuch\": --index-table is the stack's output IndexTableName");
    }

    Task<CliResult> ExplainAsync(params string[] args) =>
        cli.RunAsync(["explain", .. args, "--endpoint-url", cli.Url.ToString(), "--index-table", table]);

    Task<CliResult> ReconcileAsync(string how = "--yes") =>
        cli.ReconcileAsync(how, "--json", "--index-table", table, "--protect-tags", "", "--keep-pulled-days", "0");

    async Task BuryAsync(int number, DateTimeOffset at, bool isFoundGone, Func<Tombstone, Tombstone>? more = null)
    {
        using var client = servers.Dynamo.Client();
        var tombstone = new Tombstone
        {
            Digest = Digest.Parse($"sha256:{number:x64}"),
            Tags = ["nightly"],
            PushedAt = at.AddDays(-40),
            DeletedAt = at,
            Reason = $"reason {number}",
            RequestId = "request",
            IsFoundGone = isFoundGone,
        };
        await new DynamoIndex(client, table, cli.Clock).WriteTombstoneAsync("team/app", more?.Invoke(tombstone) ?? tombstone, Token);
    }

    /// <returns>The digest of the image tagged 1, which is there.</returns>
    async Task<string> BuryThePushOfAsync(DateTimeOffset pushedAt)
    {
        cli.Has("team/app", 1);
        var digest = ManifestFactory.Image("team/app:1", 1_000_000).Digest;
        await BuryAsync(
            1,
            CliScenario.Noon.AddDays(-1),
            isFoundGone: false,
            t => t with { Digest = Digest.Parse(digest), Tags = ["1"], PushedAt = pushedAt }
        );
        return digest;
    }

    // As a push event under a new tag leaves it behind.
    async Task PromoteAsync(string digest)
    {
        using var client = servers.Dynamo.Client();
        var index = new DynamoIndex(client, table, cli.Clock);
        var name = Digest.Parse(digest);
        var row = (await index.ReadRowsAsync("team/app", [name], Token))[name];
        var promoted = row with { History = row.History with { PromotedAt = CliScenario.Noon.AddDays(-1) } };
        (await index.TryWriteAsync("team/app", promoted, Token)).ShouldNotBeNull();
    }
}
