using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Wire;

namespace PushPruner.Cli.Tests.Reconcile;

public sealed class WithTheTableTests(Servers servers) : IClassFixture<Servers>, IAsyncLifetime
{
    readonly CliScenario cli = new();
    readonly string table = $"reconcile-{TestContext.Current.Test!.UniqueID[..12]}";

    string[] OfTheStack => ["--index-table", table, "--protect-tags", "", "--keep-pulled-days", "0"];

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = servers.Dynamo.Url.ToString();
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task Deletions_leave_tombstones_of_this_run_and_the_rest_its_rows()
    {
        await CreateTableAsync();
        cli.Has("team/app", 14);

        var result = await cli.ReconcileAsync(["--yes", "--json", .. OfTheStack]);

        result.ExitCode.ShouldBe(0, result.Error);
        var items = await ItemsAsync();
        items.Count(i => i["repository"].S == "team/app" && i["digest"].S.StartsWith("sha256:", StringComparison.Ordinal)).ShouldBe(10);
        var tombstones = items.Where(i => i["repository"].S == "team/app#deleted").ToList();
        tombstones.Count.ShouldBe(4);
        tombstones.ShouldAllBe(t => t.Values.Any(v => v.S == result.Json["requestId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_second_run_writes_nothing()
    {
        await CreateTableAsync();
        cli.HasMultiArch("team/app", 14);
        await cli.ReconcileAsync(["--yes", .. OfTheStack]);
        await using var proxy = await RecordingProxy.StartAsync(servers.Dynamo.Url);
        cli.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = proxy.Url.ToString();

        var result = await cli.ReconcileAsync(["--yes", "--json", .. OfTheStack]);

        result.ExitCode.ShouldBe(0, result.Error);
        JsonNode
            .DeepEquals(result.Result("team/app")["drift"], JsonNode.Parse("""{"missing":0,"phantom":0,"stale":0}"""))
            .ShouldBeTrue(result.Output);
        proxy.Calls.ShouldNotBeEmpty();
        proxy.Calls.Select(c => c.Operation).Where(o => o is not ("Query" or "GetItem" or "BatchGetItem")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_only_the_table_remembers_counts_with_it_alone()
    {
        await CreateTableAsync();
        cli.Has("team/app", 11);
        await cli.ReconcileAsync(["--dry-run", .. OfTheStack]);
        await PromoteAsync(ManifestFactory.Image("team/app:1", 1_000_000).Digest);

        var with = await cli.ReconcileAsync(["--dry-run", "--json", .. OfTheStack]);
        var without = await cli.ReconcileAsync("--dry-run", "--json");

        with.Result("team/app")["expiredCount"]!.GetValue<int>().ShouldBe(0, "it was promoted a day ago");
        without.Result("team/app")["expiredCount"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task The_command_that_approves_names_the_stack_s_values_again()
    {
        await CreateTableAsync();
        cli.Has("team/app", 14);

        var result = await cli.ReconcileAsync(["team/app", "--json", "--max-deletes", "2", .. OfTheStack]);

        result.Json["repositories"]![0]!["approve"]!
            .GetValue<string>()
            .ShouldBe(
                $"pushpruner reconcile team/app --max-deletes 4 --as-of 2026-06-01T12:00:00Z --policy-hash "
                    + $"{PolicyHash.Of(new RetentionPolicy())} --protect-tags '' --keep-pulled-days 0 --endpoint-url {cli.Url} "
                    + $"--index-table {table}");
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_named_and_nothing_is_deleted()
    {
        cli.Has("team/app", 14);

        var result = await cli.ReconcileAsync("--yes", "--index-table", "nosuch", "--protect-tags", "", "--keep-pulled-days", "0");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("team/app: ");
        result.Error.ShouldContain("there is no table \"nosuch\"");
        cli.Changes.ShouldBeEmpty();
    }

    Task CreateTableAsync() => servers.Dynamo.CreateTableAsync(IndexTable.Definition(table), TestContext.Current.CancellationToken);

    async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync()
    {
        using var client = servers.Dynamo.Client();
        return (await client.ScanAsync(new ScanRequest { TableName = table }, TestContext.Current.CancellationToken)).Items;
    }

    // As a push event under a new tag leaves it behind.
    async Task PromoteAsync(string digest)
    {
        using var client = servers.Dynamo.Client();
        var index = new DynamoIndex(client, table, cli.Clock);
        var name = Digest.Parse(digest);
        var row = (await index.ReadRowsAsync("team/app", [name], TestContext.Current.CancellationToken))[name];
        var promoted = row with { History = row.History with { PromotedAt = CliScenario.Noon.AddDays(-1) } };
        (await index.TryWriteAsync("team/app", promoted, TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }
}
