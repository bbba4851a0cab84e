using Amazon.DynamoDBv2.Model;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

public sealed partial class ItemsThatCantBeRead
{
    const string State = "#repository";
    const string Latest = "#tag/latest";

    public static TheoryData<string, AttributeValue> BrokenStates => new()
    {
        { "v", Number("1") },
        { "v", Number("3") },
        { "keepNewest", Number("0") },
        { "keepNewest", Number("1001") },
        { "keepFor", Text("-00:00:01") },
        { "keepFor", Text("36500.00:00:00.0000001") },
        { "keepFor", Text("-10675199.02:48:05.4775808") },
        { "keepFor", Text("a month") },
        { "keepFor", Number("30") },
        { "protectTags", Text("latest") },
        { "enabled", Text("true") },
        { "unreadable", Text("sha256:short") },
        { "unreadableUntil", Text("tomorrow") },
        { "haltedUnder", Number("5") },
        { "listedAt", Text("2026-08-01") },
    };

    [Theory]
    [MemberData(nameof(BrokenStates), DisableDiscoveryEnumeration = true)]
    public async Task A_state_is_as_if_there_were_none_and_is_written_over(string attribute, AttributeValue value)
    {
        var state = new RepositoryState { ListedAt = Sample.Start, Unreadable = new UnreadableList(Sample.Digest(1), Sample.Start) };
        await Index.TryWriteStateAsync(repository, state, Token);
        await BreakAsync(repository, State, attribute, value);
        (await Index.ReadAsync(repository, [], tag: null, Token)).State.ShouldBeNull();

        (await Index.TryWriteStateAsync(repository, new RepositoryState { DeferredAt = Sample.Start }, Token)).ShouldNotBeNull();

        (await Index.ReadAsync(repository, [], tag: null, Token)).State.ShouldNotBeNull().DeferredAt.ShouldBe(Sample.Start);
    }

    [Theory]
    [InlineData("v")]
    [InlineData("row")]
    [InlineData("revision")]
    public async Task A_protecting_tag_that_can_t_be_read_is_as_if_there_were_none_and_is_overwritten(string missing)
    {
        var bearer = new ProtectingTag { Tag = "latest", Row = Sample.Row(1) };
        await Index.TryWriteProtectingTagAsync(repository, bearer, Token);
        await BreakAsync(repository, Latest, missing, value: null);
        (await Index.ReadAsync(repository, [], "latest", Token)).ProtectingTag.ShouldBeNull();
        (await Index.ReadAllAsync(repository, Token)).ProtectingTags.ShouldBeEmpty();

        (await Index.TryWriteProtectingTagAsync(repository, bearer, Token)).ShouldBeTrue();

        (await Index.ReadAsync(repository, [], "latest", Token)).ProtectingTag.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("v")]
    [InlineData("deletedAt")]
    [InlineData("reason")]
    public async Task A_tombstone_is_as_if_there_were_none_and_is_written_over(string missing)
    {
        var tombstone = Sample.Tombstone(1, Sample.Start);
        await Index.WriteTombstoneAsync(repository, tombstone, Token);
        await BreakAsync(repository + "#deleted", RowKey, missing, value: null);
        (await Index.FindTombstoneAsync(repository, tombstone.Digest, Token)).ShouldBeNull();

        await Index.WriteTombstoneAsync(repository, tombstone with { Reason = "again" }, Token);

        (await Index.FindTombstoneAsync(repository, tombstone.Digest, Token)).ShouldNotBeNull().Reason.ShouldBe("again");
    }

    public static TheoryData<string, AttributeValue?> Circumstances => new()
    {
        { "rank", null },
        { "rank", Number("-1") },
        { "rank", Number("5000000000") },
        { "rank", Text("ten") },
        { "activeAt", Text("yesterday") },
        { "policy", null },
        { "policy", Text("strict") },
        { "policy", new AttributeValue { M = [] } },
        { "eventId", Number("1") },
        { "execution", null },
    };

    // The audit trail of before these were written, or of a version that writes them otherwise.
    [Theory]
    [MemberData(nameof(Circumstances), DisableDiscoveryEnumeration = true)]
    public async Task A_tombstone_that_tells_less_of_the_circumstances_is_one_all_the_same(string attribute, AttributeValue? value)
    {
        var tombstone = Sample.Tombstone(1, Sample.Start);
        await Index.WriteTombstoneAsync(repository, tombstone, Token);
        await BreakAsync(repository + "#deleted", RowKey, attribute, value);

        var read = (await Index.FindTombstoneAsync(repository, tombstone.Digest, Token)).ShouldNotBeNull();

        read.Tags.ShouldBe(tombstone.Tags);
        (read.Reason, read.RequestId, read.PushedAt).ShouldBe((tombstone.Reason, tombstone.RequestId, tombstone.PushedAt));
        read.ShouldNotBe(tombstone with { Tags = read.Tags });
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59.9999999Z", true)]
    [InlineData("0001-01-01T00:00:00.0000000Z", false)]
    public async Task A_tombstone_from_either_end_of_the_calendar_is_in_its_time_or_out_of_it(string deletedAt, bool isInTime)
    {
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(1, Sample.Start), Token);
        await BreakAsync(repository + "#deleted", RowKey, "deletedAt", Text(deletedAt));

        (await Index.FindTombstoneAsync(repository, Sample.Digest(1), Token) is not null).ShouldBe(isInTime);
        (await Index.FindTombstonesAsync(repository, [Sample.Digest(1)], Token)).ContainsKey(Sample.Digest(1)).ShouldBe(isInTime);
    }

    [Fact]
    public async Task Places_that_cant_be_read_hide_no_others()
    {
        await Task.WhenAll(Enumerable.Range(1, 5).Select(i => Index.TryWriteAsync(repository, Sample.Image(i), Token)));
        string[] keys =
        [
            "2#image#", "2#image#00", "2#image#0000000000000000000", "2#image#0000000000000000000#nonsense",
            "2#0000000000000000000#" + Sample.Digest(9), "1#0000000000000000000#" + Sample.Digest(9), "3#0",
        ];
        foreach (var (key, i) in keys.Select((k, i) => (k, i)))
            await PutAsync(Key(repository, Sample.Digest(100 + i).Value, ("newest", Text(key)), ("due", Text(key))));

        (await Index.NewestAsync(repository, Kind.Image, 2, Token)).Select(e => e.Digest).ShouldBe([Sample.Digest(1), Sample.Digest(2)]);
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).Count.ShouldBe(5);
        (await Index.DueAsync(repository, Kind.Image, Sample.Start, 2, Token))
            .Select(e => e.Digest)
            .ShouldBe([Sample.Digest(5), Sample.Digest(4)]);
        (await Index.DueAsync(repository, Kind.Image, Sample.Start, 10, Token)).Count.ShouldBe(5);
    }

    public static TheoryData<AttributeValue?> BrokenEnds =>
        [Text("for ever"), Text(""), Number("9"), new AttributeValue { BOOL = true }, new TheoryDataRow<AttributeValue?>(null)];

    [Theory]
    [MemberData(nameof(BrokenEnds), DisableDiscoveryEnumeration = true)]
    public async Task A_lease_holds_nothing_and_is_written_over(AttributeValue? until)
    {
        var lease = new Lease("one", clock.GetUtcNow() + Lease.Longest);
        await Index.TryTakeLeaseAsync(repository, lease, Token);
        await BreakAsync(repository, "#lease", "until", until);

        (await Index.TryTakeLeaseAsync(repository, lease with { Holder = "two" }, Token)).ShouldBeTrue();

        (await Index.TryTakeLeaseAsync(repository, lease, Token)).ShouldBeFalse();
    }
}
