using Amazon.DynamoDBv2.Model;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;
using PushPruner.Ports;
using PushPruner.Rules;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>
/// What the former version wrote, after an upgrade: what only its rows remember is carried over, and nothing of it is proposed or believed
/// to be listed.
/// </summary>
public sealed class ItemsOfTheFormerVersion(DynamoDbFixture dynamo)
{
    static readonly Digest Image = Sample.Digest(1);

    static readonly ManifestHistory Remembered = new()
    {
        PromotedAt = Sample.Start.AddDays(1),
        ProvenFor = Sample.Start,
        Owners = DigestSet.Of(Sample.Digest(2), Sample.Digest(3)),
        WasMember = true,
        WasReferrer = true,
        Members = DigestSet.Of(Sample.Digest(4)),
        Referrers = DigestSet.Of(Sample.Digest(5), Sample.Digest(6)),
        ReadAt = Sample.Start.AddDays(2),
        PulledBefore = Sample.Start.AddDays(-2),
    };

    readonly string repository = Sample.Repository();
    readonly SettableClock clock = new(Sample.Start);

    DynamoIndex Index => field ??= new DynamoIndex(dynamo.Client, DynamoDbFixture.Table, clock);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static IndexRow Old => Sample.Image(1) with { Tags = ["1.0", "latest"], History = Remembered, Revision = 17 };

    [Fact]
    public async Task A_row_is_read_with_all_that_it_remembers_and_without_its_places()
    {
        await PutAsync(VersionOneItem.Row(repository, Old));

        var row = await ReadAsync();

        row.HasSameContentAs(Old.WithoutPlaces()).ShouldBeTrue(row.ToString());
        row.Revision.ShouldBe(17);
        (await Index.ReadAllAsync(repository, Token)).Rows[Image].HasSameContentAs(row).ShouldBeTrue();
        (await Index.ReadRowsAsync(repository, [Image], Token))[Image].HasSameContentAs(row).ShouldBeTrue();
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldBeEmpty();
        (await Index.DueAsync(repository, Kind.Image, DateTimeOffset.MaxValue, 10, Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "1.0")]
    [InlineData(true, "sha256-abc", "1.0-amd64", "1.0")]
    [InlineData(false)]
    [InlineData(false, "1.0-amd64")]
    [InlineData(false, "sha256-0000000000000000000000000000000000000000000000000000000000000009.sig")]
    public async Task A_proof_is_believed_only_with_a_tag_that_proves_it(bool isBelieved, params string[] tags)
    {
        await PutAsync(VersionOneItem.Row(repository, Old with { Tags = tags }));

        (await ReadAsync()).History.ShouldBe(Remembered with { ProvenFor = isBelieved ? Sample.Start : null });
    }

    [Fact]
    public async Task A_manifest_list_that_names_nothing_differs_from_one_that_was_not_read()
    {
        await PutAsync(VersionOneItem.Row(repository, Old with { History = Remembered with { Members = DigestSet.Empty } }));
        (await ReadAsync()).History.Members.ShouldBe(DigestSet.Empty);

        await PutAsync(VersionOneItem.Row(repository, Old with { History = Remembered with { Members = null } }));
        (await ReadAsync()).History.Members.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_owner_is_added_to_the_former_ones_and_nothing_is_lost()
    {
        await PutAsync(VersionOneItem.Row(repository, Old with { History = Remembered with { WasMember = false } }));

        await Index.AddOwnerAsync(repository, Image, Sample.Digest(8), Token);

        var row = await ReadAsync();
        row.History.ShouldBe(
            Remembered with
            {
                Owners = DigestSet.Of(Sample.Digest(2), Sample.Digest(3), Sample.Digest(8)), WasMember = true,
            });
        (row.PushedAt, row.Bytes).ShouldBe((Old.PushedAt, Old.Bytes));
        row.Tags.ShouldBe(Old.Tags);
        row.Revision.ShouldNotBe(17);
        (await StoredAsync())["v"].N.ShouldBe("2");
    }

    [Fact]
    public async Task A_new_referrer_is_added_to_the_former_ones_and_nothing_is_lost()
    {
        await PutAsync(VersionOneItem.Row(repository, Old));

        await Index.AddReferrerAsync(repository, Image, Sample.Digest(8), Token);

        (await ReadAsync()).History.ShouldBe(
            Remembered with
            {
                Referrers = DigestSet.Of(Sample.Digest(5), Sample.Digest(6), Sample.Digest(8)),
            });
    }

    [Fact]
    public async Task Many_owners_and_referrers_at_once_are_all_added_to_the_former_ones()
    {
        await PutAsync(VersionOneItem.Row(repository, Old));

        await Task.WhenAll(Enumerable.Range(100, 20).SelectMany(n => (Task[])
        [
            Index.AddOwnerAsync(repository, Image, Sample.Digest(n), Token),
            Index.AddReferrerAsync(repository, Image, Sample.Digest(n + 100), Token),
        ]));

        var memory = (await ReadAsync()).History;
        (memory.Owners.Count, memory.Referrers.Count, memory.PromotedAt).ShouldBe((22, 22, Remembered.PromotedAt));
    }

    [Fact]
    public async Task Who_has_read_a_row_writes_over_it_and_removes_it_by_its_revision()
    {
        await PutAsync(VersionOneItem.Row(repository, Old));
        var row = await ReadAsync();

        (await Index.TryWriteAsync(repository, row with { Revision = 16 }, Token)).ShouldBeNull();
        (await Index.TryWriteAsync(repository, Sample.Image(1), Token)).ShouldBeNull(
            "a row that can be read is not written over by whoever has not");
        (await Index.TryRemoveAsync(repository, Image, IndexRow.Unwritten, Token)).ShouldBeFalse();
        var written = (
            await Index.TryWriteAsync(repository, row with { Stream = Kind.Image, RankedAt = Sample.Start }, Token)).ShouldNotBeNull();

        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldHaveSingleItem().Digest.ShouldBe(Image);
        (await Index.TryRemoveAsync(repository, Image, written.Revision, Token)).ShouldBeTrue();
        (await StoredAsync()).ShouldBeEmpty();
    }

    // The former version let sets grow to 2,000, which no row has room for when all do.
    [Fact]
    public async Task A_row_as_large_as_one_may_be_takes_what_it_may_still_get()
    {
        var full = Old with
        {
            Tags = [.. Enumerable.Range(0, 60).Select(n => $"{n:d4}".PadRight(300, '_'))],
            History = Remembered with
            {
                Owners = new DigestSet(Enumerable.Range(10_000, 1_750).Select(Sample.Digest)),
                Referrers = new DigestSet(Enumerable.Range(20_000, 1_500).Select(Sample.Digest)),
                Members = new DigestSet(Enumerable.Range(30_000, 2_000).Select(Sample.Digest)),
            },
        };
        await PutAsync(VersionOneItem.Row(repository, full));

        await Index.AddOwnerAsync(repository, Image, Sample.Digest(8), Token);
        await Index.AddReferrerAsync(repository, Image, Sample.Digest(9), Token);

        var row = await ReadAsync();
        (row.History.Owners.IsFull, row.History.Referrers.IsFull).ShouldBe((true, true));
        row.History.Members!.Count.ShouldBe(2_000);
        row.History.PromotedAt.ShouldBe(Remembered.PromotedAt);
        (await Index.TryWriteAsync(repository, row with { Bytes = 1 }, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_row_with_380_KB_of_tags_takes_every_owner_and_referrer_that_it_may_get()
    {
        var tags = Enumerable.Range(0, 1_000).Select(n => $"{n:d4}".PadRight(300, '_')).ToList();
        await PutAsync(VersionOneItem.Row(repository, Old with { Tags = tags, History = ManifestHistory.None }));

        for (var n = 0; n < DigestSet.MostInARow; n += 100)
        {
            await Task.WhenAll(Enumerable.Range(n, 100).SelectMany(i => (Task[])
            [
                Index.AddOwnerAsync(repository, Image, Sample.Digest(10_000 + i), Token),
                Index.AddReferrerAsync(repository, Image, Sample.Digest(20_000 + i), Token),
            ]));
        }

        var row = await ReadAsync();
        (row.History.Owners.Count, row.History.Referrers.Count, row.AreTagsCut).ShouldBe(
            (DigestSet.MostInARow, DigestSet.MostInARow, true));
    }

    [Fact]
    public async Task Members_by_digests_that_ECR_does_not_know_are_left_out()
    {
        var sha512 = Digest.Parse("sha512:" + new string('a', 128));
        await PutAsync(
            VersionOneItem.Row(repository, Old with { History = Remembered with { Members = DigestSet.Of(Sample.Digest(4), sha512) } }));

        (await ReadAsync()).History.Members.ShouldBe(DigestSet.Of(Sample.Digest(4)));
    }

    [Fact]
    public async Task A_state_is_as_if_the_repository_had_never_been_seen_and_is_written_over()
    {
        var state = new RepositoryState
        {
            ListedAt = Sample.Start,
            DeferredAt = Sample.Start,
            ContendedUntil = Sample.Start,
            Unreadable = new UnreadableList(Sample.Digest(9), Until: null),
            Revision = 17,
        };
        await PutAsync(VersionOneItem.State(repository, state));
        (await Index.ReadAsync(repository, [], tag: null, Token)).State.ShouldBeNull();

        (await Index.TryWriteStateAsync(repository, new RepositoryState { ListedAt = Sample.Start.AddDays(1) }, Token)).ShouldNotBeNull();

        (await Index.ReadAsync(repository, [], tag: null, Token)).State.ShouldNotBeNull().ListedAt.ShouldBe(Sample.Start.AddDays(1));
    }

    [Fact]
    public async Task Who_has_a_protecting_tag_is_carried_over()
    {
        await PutAsync(VersionOneItem.Bearer(repository, new ProtectingTag { Tag = "latest", Row = Old, Revision = 18 }));

        var bearer = (await Index.ReadAsync(repository, [], "latest", Token)).ProtectingTag.ShouldNotBeNull();

        bearer.Row.HasSameContentAs(Old.WithoutPlaces()).ShouldBeTrue();
        (bearer.Row.Revision, bearer.Revision).ShouldBe((17, 18));
        (await Index.TryWriteProtectingTagAsync(repository, bearer with { Row = Sample.Row(2) }, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_tombstone_is_carried_over_with_the_policy_that_it_names()
    {
        var tombstone = Sample.Tombstone(1, Sample.Start);
        await PutAsync(VersionOneItem.Tombstone(repository, tombstone));

        var read = (await Index.FindTombstoneAsync(repository, Image, Token)).ShouldNotBeNull();

        read.Tags.ShouldBe(tombstone.Tags);
        (read.Reason, read.PushedAt, read.Policy).ShouldBe((tombstone.Reason, tombstone.PushedAt, tombstone.Policy));
        (await Index.FindTombstonesAsync(repository, [Image], Token)).ContainsKey(Image).ShouldBeTrue();
    }

    [Fact]
    public async Task An_item_older_than_any_that_is_understood_is_as_if_there_were_none()
    {
        var item = VersionOneItem.Row(repository, Old);
        item["v"].N = "0";
        await PutAsync(item);

        (await Index.ReadAllAsync(repository, Token)).Rows.ShouldBeEmpty();
    }

    async Task<IndexRow> ReadAsync() => (await Index.ReadAsync(repository, [Image], tag: null, Token)).Rows[Image];

    Task<PutItemResponse> PutAsync(Item item) => dynamo.Client.PutItemAsync(DynamoDbFixture.Table, item, Token);

    async Task<Item> StoredAsync()
    {
        var key = new Item(StringComparer.Ordinal) { ["repository"] = new() { S = repository }, ["digest"] = new() { S = Image.Value } };
        return (await dynamo.Client.GetItemAsync(DynamoDbFixture.Table, key, consistentRead: true, Token)).Item ?? [];
    }
}
