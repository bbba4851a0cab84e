using Amazon.DynamoDBv2.Model;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;
using PushPruner.Ports;
using PushPruner.Rules;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>
/// Rows and tombstones that a newer version wrote, before this one was deployed again: seen, not trusted, and left as they are.
/// </summary>
public sealed class ItemsOfANewerVersion(DynamoDbFixture dynamo)
{
    static readonly Digest Image = Sample.Digest(1);

    readonly string repository = Sample.Repository();
    readonly SettableClock clock = new(Sample.Start);

    DynamoIndex Index => field ??= new DynamoIndex(dynamo.Client, DynamoDbFixture.Table, clock);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_says_that_it_is_one_and_no_more()
    {
        await NewerRowAsync();

        var row = (await Index.ReadAsync(repository, [Image], tag: null, Token)).Rows[Image];

        row.History.ShouldBe(new ManifestHistory { IsOfNewerVersion = true });
        (row.Tags.Count, row.PushedAt, row.RankedAt, row.DueFrom).ShouldBe((0, null, null, null));
        (await Index.ReadAllAsync(repository, Token)).Rows.ShouldHaveSingleItem().Value.History.IsOfNewerVersion.ShouldBeTrue();
        (await Index.ReadRowsAsync(repository, [Image], Token)).ShouldHaveSingleItem().Value.History.IsOfNewerVersion.ShouldBeTrue();
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldBeEmpty();
        (await Index.DueAsync(repository, Kind.Image, Sample.Start.AddYears(1), 10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_has_read_it_leaves_it_as_it_is_and_isn_t_held_up()
    {
        var stored = await NewerRowAsync();
        var row = (await Index.ReadAsync(repository, [Image], tag: null, Token)).Rows[Image];

        (
            await Index.TryWriteAsync(
                repository,
                row with
                {
                    Tags = ["1.0"], PushedAt = Sample.Start, Stream = Kind.Image, RankedAt = Sample.Start,
                },
                Token)).ShouldNotBeNull();
        (await Index.TryWriteProtectingTagAsync(repository, new ProtectingTag { Tag = "latest", Row = row }, Token)).ShouldBeTrue();

        await ShouldBeAsync(repository, stored);
        (await Index.ReadAllAsync(repository, Token)).ProtectingTags.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_believes_that_there_is_none_is_refused()
    {
        var stored = await NewerRowAsync();

        (await Index.TryWriteAsync(repository, Sample.Image(1), Token)).ShouldBeNull();
        (await Index.TryRemoveAsync(repository, Image, IndexRow.Unwritten, Token)).ShouldBeFalse();
        await Index.AddOwnerAsync(repository, Image, Sample.Digest(2), Token);
        await Index.AddReferrerAsync(repository, Image, Sample.Digest(3), Token);

        await ShouldBeAsync(repository, stored);
    }

    [Fact]
    public async Task A_tombstone_is_as_if_there_were_none_and_stays()
    {
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(1, Sample.Start), Token);
        var stored = await MadeNewerAsync(repository + "#deleted");

        (await Index.FindTombstoneAsync(repository, Image, Token)).ShouldBeNull();
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(1, Sample.Start) with { Reason = "again" }, Token);

        await ShouldBeAsync(repository + "#deleted", stored);
    }

    async Task<Item> NewerRowAsync()
    {
        await Index.TryWriteAsync(
            repository,
            Sample.Image(1) with
            {
                Tags = ["1.0"], History = new ManifestHistory { PromotedAt = Sample.Start },
            },
            Token);
        return await MadeNewerAsync(repository);
    }

    // With what no version knows yet, and places that only the newer one reads.
    async Task<Item> MadeNewerAsync(string partition)
    {
        var item = await StoredAsync(partition);
        item["v"] = new AttributeValue { N = "3" };
        item["unheardOf"] = new AttributeValue { S = "of" };
        foreach (var place in (string[])["newest", "due"])
        {
            if (item.TryGetValue(place, out var key))
                item[place] = new AttributeValue { S = "3" + key.S[1..] };
        }

        await dynamo.Client.PutItemAsync(DynamoDbFixture.Table, item, Token);
        return item;
    }

    async Task ShouldBeAsync(string partition, Item expected)
    {
        var stored = await StoredAsync(partition);
        stored.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        stored.Where(a => (a.Value.S, a.Value.N) != (expected[a.Key].S, expected[a.Key].N)).ShouldBeEmpty();
    }

    async Task<Item> StoredAsync(string partition)
    {
        var key = new Item(StringComparer.Ordinal) { ["repository"] = new() { S = partition }, ["digest"] = new() { S = Image.Value } };
        return (await dynamo.Client.GetItemAsync(DynamoDbFixture.Table, key, consistentRead: true, Token)).Item;
    }
}
