using PushPruner.Aws.Tests.Dynamo;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Testing.Pushes;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Tests.Jobs;

/// <summary>
/// The table was written by the former version. Images that are old by ECR's times, of which only a former row says that they were
/// promoted, are kept; what nothing keeps is deleted as ever.
/// </summary>
public sealed class AfterAnUpgrade(DynamoDbFixture dynamo) : IAsyncLifetime
{
    static readonly DateTimeOffset Noon = MeteredRepository.Noon;

    static readonly Settings Settings = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    MeteredRepository? started;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    MeteredRepository Repository => started!;

    public async ValueTask InitializeAsync() =>
        started = await MeteredRepository.StartAsync(Sample.Repository(), dynamo.Server, DynamoDbFixture.Table, Token);

    public ValueTask DisposeAsync() => started?.DisposeAsync() ?? default;

    [Fact]
    public async Task A_push_keeps_an_image_whose_promotion_only_a_former_row_remembers()
    {
        await WrittenByTheFormerVersionAsync();

        var result = await PushAsync();

        (result.Outcome, result.Resynced).ShouldBe((Outcome.Pruned, true));
        Tags().ShouldBe(["newer-1", "newer-2", "new", "promoted"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_reconcile_keeps_an_image_whose_promotion_only_a_former_row_remembers()
    {
        await WrittenByTheFormerVersionAsync();

        var result = await Repository.ReconcileAsync(Settings, Token);

        result.Outcome.ShouldBe(Outcome.Pruned);
        Tags().ShouldBe(["newer-1", "newer-2", "promoted"], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_later_push_and_reconcile_keeps_it_until_its_promotion_is_older_than_X()
    {
        await WrittenByTheFormerVersionAsync();
        await PushAsync();

        Repository.Clock.Advance(TimeSpan.FromDays(24));
        await PushAsync("new-2");
        await Repository.ReconcileAsync(Settings, Token);
        Tags().ShouldContain("promoted");

        Repository.Clock.Advance(TimeSpan.FromDays(2));
        (await PushAsync("new-3")).Outcome.ShouldBe(Outcome.Pruned);
        Tags().ShouldNotContain("promoted");
    }

    // Shows that it is the row that keeps it, and what a table that was wiped would mean.
    [Fact]
    public async Task Without_its_row_the_image_is_deleted()
    {
        await WrittenByTheFormerVersionAsync(except: "promoted");

        await PushAsync();

        Tags().ShouldBe(["newer-1", "newer-2", "new"], ignoreOrder: true);
    }

    // A run that was cut off has written some rows, and the repository still counts as never seen.
    [Fact]
    public async Task A_push_into_a_half_migrated_index_lists_the_repository_before_it_deletes()
    {
        await WrittenByTheFormerVersionAsync();
        await MigratedAsync("old");

        var result = await PushAsync();

        (result.Resynced, result.ExpiredCount).ShouldBe((true, 1));
        Tags().ShouldBe(["newer-1", "newer-2", "new", "promoted"], ignoreOrder: true);
    }

    // Should the state be ahead of the rows all the same: what has no place outranks nothing, and so nothing is outranked.
    [Fact]
    public async Task A_push_deletes_nothing_that_only_former_rows_would_outrank()
    {
        await WrittenByTheFormerVersionAsync();
        await MigratedAsync("old");
        (await Repository.Index().TryWriteStateAsync(Repository.Name, new RepositoryState { ListedAt = Noon }, Token)).ShouldNotBeNull();

        var result = await PushAsync();

        (result.Outcome, result.Resynced).ShouldBe((Outcome.NothingExpired, false));
        Tags().Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_member_whose_list_can_t_be_read_any_more_keeps_the_owner_that_a_former_row_remembers()
    {
        var member = ManifestFactory.Image("member");
        var list = ManifestFactory.ManifestList(member);
        Repository.Registry.Seed(Repository.Name, member.At(Noon.AddDays(-90)));
        Repository.Registry.Seed(Repository.Name, list.At(Noon.AddDays(-90), "archived") with { Status = "ARCHIVED" });
        await PutAsync(VersionOneItem.Row(Repository.Name, Row(member.Digest, Noon.AddDays(-90)) with
        {
            History = new ManifestHistory { Owners = DigestSet.Of(Digest.Parse(list.Digest)), WasMember = true },
        }));
        await WrittenByTheFormerVersionAsync();

        await PushAsync();
        await Repository.ReconcileAsync(Settings, Token);

        Repository.Registry.Images(Repository.Name).Select(i => i.Digest).ShouldContain(member.Digest);
        (await RowAsync(member.Digest)).History.Owners.ShouldBe(DigestSet.Of(Digest.Parse(list.Digest)));
    }

    // Five images: an old one, one that was promoted since, two that are newer, and the state of the last listing.
    async Task WrittenByTheFormerVersionAsync(string? except = null)
    {
        (string Tag, int DaysOld)[] images = [("old", 90), ("promoted", 80), ("newer-1", 20), ("newer-2", 10)];
        foreach (var (tag, daysOld) in images)
        {
            var (image, pushedAt) = (ManifestFactory.Image(tag), Noon.AddDays(-daysOld));
            Repository.Registry.Seed(Repository.Name, image.At(pushedAt, tag));
            if (tag != except)
                await PutAsync(VersionOneItem.Row(Repository.Name, RowOf(tag, image.Digest, pushedAt)));
        }

        await PutAsync(VersionOneItem.State(Repository.Name, new RepositoryState { ListedAt = Noon.AddDays(-3), Revision = 17 }));
    }

    // A row as this version files it, over the former one.
    async Task MigratedAsync(string tag)
    {
        var image = ManifestFactory.Image(tag);
        var row = await RowAsync(image.Digest);
        var filed = row with { Stream = Kind.Image, RankedAt = row.PushedAt, DueFrom = row.PushedAt };
        (await Repository.Index().TryWriteAsync(Repository.Name, filed, Token)).ShouldNotBeNull();
    }

    static IndexRow RowOf(string tag, string digest, DateTimeOffset pushedAt)
    {
        DateTimeOffset? promotedAt = tag == "promoted" ? Noon.AddDays(-5) : null;
        return Row(digest, pushedAt) with
        {
            Tags = [tag],
            History = new ManifestHistory { ProvenFor = pushedAt, PromotedAt = promotedAt },
            RankedAt = pushedAt,
            DueFrom = promotedAt ?? pushedAt,
        };
    }

    static IndexRow Row(string digest, DateTimeOffset pushedAt) =>
        new()
        {
            Digest = Digest.Parse(digest), PushedAt = pushedAt, Bytes = 1, Revision = 17,
        };

    async Task<IndexRow> RowAsync(string digest) =>
        (await Repository.Index().ReadRowsAsync(Repository.Name, [Digest.Parse(digest)], Token)).Values.ShouldHaveSingleItem();

    async Task<PruneResult> PushAsync(string tag = "new") =>
        (await Repository.HandleAsync([Repository.Put(ManifestFactory.Image(tag), tag)], Settings, Token)).ShouldHaveSingleItem();

    List<string> Tags() => [.. Repository.Registry.Images(Repository.Name).SelectMany(i => i.Tags)];

    Task<Amazon.DynamoDBv2.Model.PutItemResponse> PutAsync(Item item) => dynamo.Client.PutItemAsync(DynamoDbFixture.Table, item, Token);
}
