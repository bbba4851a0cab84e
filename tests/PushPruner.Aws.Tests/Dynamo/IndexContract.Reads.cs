using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    [Fact]
    public async Task A_repository_never_seen_has_nothing()
    {
        var view = await Index.ReadAsync(repository, [Sample.Digest(1)], "latest", Token);

        view.State.ShouldBeNull();
        view.Rows.ShouldBeEmpty();
        view.ProtectingTag.ShouldBeNull();
        (await Index.ReadAllAsync(repository, Token)).Rows.ShouldBeEmpty();
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldBeEmpty();
        (await Index.DueAsync(repository, Kind.Image, DateTimeOffset.MaxValue, 10, Token)).ShouldBeEmpty();
        (await Index.FindTombstoneAsync(repository, Sample.Digest(1), Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(98)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task Any_number_of_digests_can_be_asked_for(int count)
    {
        await Task.WhenAll(Enumerable.Range(1, 260).Where(i => i % 2 == 0).Select(i => WriteAsync(Sample.Row(i))));

        var view = await Index.ReadAsync(repository, [.. Enumerable.Range(1, count).Select(Sample.Digest)], "latest", Token);

        view.Rows.Keys.ShouldBe(Enumerable.Range(1, count).Where(i => i % 2 == 0).Select(Sample.Digest), ignoreOrder: true);
        view.Rows.ShouldAllBe(r => r.Value.Digest == r.Key);
    }

    [Fact]
    public async Task A_digest_asked_for_twice_is_found_once()
    {
        var row = await WriteAsync(Sample.Row(1));

        var view = await Index.ReadAsync(repository, [row.Digest, Sample.Digest(2), row.Digest], tag: null, Token);

        ShouldBe(view.Rows.ShouldHaveSingleItem().Value, row);
    }

    [Fact]
    public async Task Large_rows_are_read_in_any_number()
    {
        // 100 of them are more than one answer of DynamoDB holds, and more than one page of a query.
        var tags = Enumerable
            .Range(0, 800)
            .Select(i => i.ToString("d4", System.Globalization.CultureInfo.InvariantCulture).PadRight(250, '-'))
            .ToList();
        await Task.WhenAll(Enumerable.Range(1, 90).Select(i => WriteAsync(Sample.Image(i) with { Tags = tags })));

        var view = await Index.ReadAsync(repository, [.. Enumerable.Range(1, 90).Select(Sample.Digest)], tag: null, Token);
        var contents = await Index.ReadAllAsync(repository, Token);

        view.Rows.Count.ShouldBe(90);
        contents.Rows.Count.ShouldBe(90);
        contents.Rows.Values.ShouldAllBe(r => r.Tags.Count == tags.Count);
        (await Index.NewestAsync(repository, Kind.Image, 80, Token))
            .Select(e => e.Digest)
            .ShouldBe(Enumerable.Range(1, 80).Select(Sample.Digest));
    }

    [Fact]
    public async Task All_is_rows_and_bearers_without_state_or_tombstones()
    {
        var row = await WriteAsync(Sample.Row(1));
        await Index.TryWriteStateAsync(repository, new RepositoryState { ListedAt = Sample.Start }, Token);
        await Index.TryWriteProtectingTagAsync(repository, new ProtectingTag { Tag = "latest", Row = row }, Token);
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(2, Clock.GetUtcNow()), Token);

        var contents = await Index.ReadAllAsync(repository, Token);

        ShouldBe(contents.Rows.ShouldHaveSingleItem().Value, row);
        contents.ProtectingTags.ShouldHaveSingleItem().Key.ShouldBe("latest");
    }
}
