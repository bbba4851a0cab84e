using Amazon.DynamoDBv2.Model;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;
using PushPruner.Ports;
using PushPruner.Rules;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>Items of another version, or that somebody has edited by hand, are as if there were none, and are written over.</summary>
public sealed partial class ItemsThatCantBeRead(DynamoDbFixture dynamo)
{
    readonly string repository = Sample.Repository();
    readonly SettableClock clock = new(Sample.Start);

    DynamoIndex Index => field ??= new DynamoIndex(dynamo.Client, DynamoDbFixture.Table, clock);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static string RowKey => Sample.Digest(1).Value;

    public static TheoryData<string, AttributeValue?> BrokenRows => new()
    {
        { "v", null },
        { "v", Number("0") },
        { "v", Text("1") },
        { "revision", null },
        { "revision", Number("1.5") },
        { "revision", Text("5") },
        { "bytes", Text("12") },
        { "pushedAt", Text("yesterday") },
        { "pushedAt", Number("5") },
        { "tags", Text("latest") },
        { "tags", new AttributeValue { L = [Number("5")] } },
        { "owners", Text("sha256:short") },
        { "members", new AttributeValue { SS = ["sha256:short"] } },
        { "promotedAt", Text("2026-08-01") },
        { "tagsCut", Text("true") },
        { "kind", Number("5") },
        { "hasLostSubject", Number("1") },
        { "newest", Text("2#5") },
        { "newest", Text("2#image#5") },
        { "newest", Text("1#0000000000000000001#" + Sample.Digest(1)) },
        { "newest", Text("2#0000000000000000001#" + Sample.Digest(1)) },
        { "newest", Text("3#image#0000000000000000001#" + Sample.Digest(1)) },
        { "newest", Text("2#image#9999999999999999999#" + Sample.Digest(1)) },
        { "newest", Text("2#image#0000000000000000001#" + Sample.Digest(2)) },
        { "due", Text("2#image#000000000000000000x#" + Sample.Digest(1)) },
        { "due", Text("broken") },
        { "stream", Text("application/vnd.cncf.helm.config.v1+json") },
        { "stream", Number("1") },
    };

    [Theory]
    [MemberData(nameof(BrokenRows), DisableDiscoveryEnumeration = true)]
    public async Task A_row_is_as_if_there_were_none_and_is_written_over(string attribute, AttributeValue? value)
    {
        var old = (await Index.TryWriteAsync(repository, Sample.Image(1) with { Tags = ["1.0"] }, Token)).ShouldNotBeNull();
        var broken = await BreakAsync(repository, RowKey, attribute, value);

        (await Index.ReadAsync(repository, [old.Digest], tag: null, Token)).Rows.ShouldBeEmpty();
        (await Index.ReadAllAsync(repository, Token)).Rows.ShouldBeEmpty();
        (await StoredAsync(repository, RowKey)).Count.ShouldBe(broken.Count);

        var written = (await Index.TryWriteAsync(repository, Sample.Image(1), Token)).ShouldNotBeNull();
        (await Index.ReadAsync(repository, [old.Digest], tag: null, Token)).Rows[old.Digest].HasSameContentAs(written).ShouldBeTrue();
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldHaveSingleItem().Digest.ShouldBe(old.Digest);
        (await Index.DueAsync(repository, Kind.Image, Sample.Start, 10, Token)).ShouldHaveSingleItem().Digest.ShouldBe(old.Digest);
    }

    [Theory]
    [MemberData(nameof(BrokenRows), DisableDiscoveryEnumeration = true)]
    public async Task A_row_can_be_taken_out_by_whoever_believes_that_there_is_none(string attribute, AttributeValue? value)
    {
        await Index.TryWriteAsync(repository, Sample.Image(1) with { Tags = ["1.0"] }, Token);
        await BreakAsync(repository, RowKey, attribute, value);

        (await Index.TryRemoveAsync(repository, Sample.Digest(1), IndexRow.Unwritten, Token)).ShouldBeTrue();

        (await StoredAsync(repository, RowKey)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_is_not_written_over_by_whoever_believes_to_have_read_it()
    {
        var old = (await Index.TryWriteAsync(repository, Sample.Image(1), Token)).ShouldNotBeNull();
        await BreakAsync(repository, RowKey, "revision", value: null);

        (await Index.TryWriteAsync(repository, old, Token)).ShouldBeNull();
        (await Index.TryRemoveAsync(repository, old.Digest, old.Revision, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_many_that_write_over_the_same_one_exactly_one_wins()
    {
        await Index.TryWriteAsync(repository, Sample.Image(1), Token);
        await BreakAsync(repository, RowKey, "revision", value: null);

        var writes = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(i => Index.TryWriteAsync(repository, Sample.Row(1) with { Bytes = i }, Token)));

        var winner = writes.OfType<IndexRow>().ShouldHaveSingleItem();
        (await Index.ReadAsync(repository, [winner.Digest], tag: null, Token)).Rows[winner.Digest].Bytes.ShouldBe(winner.Bytes);
    }

    [Fact]
    public async Task A_sort_key_that_is_no_digest_is_passed_over()
    {
        await PutAsync(Key(repository, "not-a-digest", ("v", Number("1")), ("revision", Number("5")), ("bytes", Number("5"))));
        await PutAsync(Key(repository, "#other", ("v", Number("1"))));

        var contents = await Index.ReadAllAsync(repository, Token);

        contents.Rows.ShouldBeEmpty();
        contents.ProtectingTags.ShouldBeEmpty();
    }

    async Task<Item> BreakAsync(string partition, string key, string attribute, AttributeValue? value)
    {
        var item = await StoredAsync(partition, key);
        if (value is null)
            item.Remove(attribute).ShouldBeTrue();
        else
            item[attribute] = value;
        await PutAsync(item);
        return item;
    }

    Task<PutItemResponse> PutAsync(Item item) => dynamo.Client.PutItemAsync(DynamoDbFixture.Table, item, Token);

    async Task<Item> StoredAsync(string partition, string key) =>
        (await dynamo.Client.GetItemAsync(DynamoDbFixture.Table, Key(partition, key), consistentRead: true, Token)).Item ?? [];

    static Item Key(string partition, string key, params (string Name, AttributeValue Value)[] more)
    {
        var item = new Item(StringComparer.Ordinal) { ["repository"] = Text(partition), ["digest"] = Text(key) };
        foreach (var (name, value) in more)
            item[name] = value;
        return item;
    }

    static AttributeValue Text(string text) => new() { S = text };

    static AttributeValue Number(string number) => new() { N = number };
}
