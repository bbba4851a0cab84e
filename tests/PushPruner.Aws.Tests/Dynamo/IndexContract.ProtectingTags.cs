using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    [Theory]
    [InlineData("latest")]
    [InlineData("_Release.1-x")]
    public async Task A_protecting_tag_is_read_with_its_row(string tag)
    {
        var row = await WriteAsync(Sample.Image(1) with { Tags = [tag, "zzz"] });

        (await Index.TryWriteProtectingTagAsync(repository, new ProtectingTag { Tag = tag, Row = row }, Token)).ShouldBeTrue();

        var bearer = (await ReadBearerAsync(tag)).ShouldNotBeNull();
        bearer.Tag.ShouldBe(tag);
        ShouldBe(bearer.Row, row);
        bearer.Revision.ShouldNotBe(IndexRow.Unwritten);
        (await ReadBearerAsync(tag + "x")).ShouldBeNull();
    }

    [Fact]
    public Task A_protecting_tag_may_have_three_hundred_characters() => A_protecting_tag_is_read_with_its_row(new string('t', 300));

    [Fact]
    public async Task A_stale_protecting_tag_never_overwrites_a_newer_one()
    {
        (await Index.TryWriteProtectingTagAsync(repository, BearerOf("latest", 1), Token)).ShouldBeTrue();
        (await Index.TryWriteProtectingTagAsync(repository, BearerOf("latest", 2), Token)).ShouldBeFalse();

        var first = (await ReadBearerAsync("latest")).ShouldNotBeNull();
        (
            await Index.TryWriteProtectingTagAsync(repository, BearerOf("latest", 3) with { Revision = first.Revision }, Token)
        ).ShouldBeTrue();
        (
            await Index.TryWriteProtectingTagAsync(repository, BearerOf("latest", 4) with { Revision = first.Revision }, Token)
        ).ShouldBeFalse();

        (await ReadBearerAsync("latest")).ShouldNotBeNull().Row.Digest.ShouldBe(Sample.Digest(3));
    }

    [Fact]
    public async Task Of_many_that_move_a_tag_exactly_one_wins()
    {
        var wins = await Task.WhenAll(
            Enumerable.Range(1, 40).Select(i => Index.TryWriteProtectingTagAsync(repository, BearerOf("latest", i), Token)));

        wins.Count(w => w).ShouldBe(1);
    }

    [Fact]
    public async Task A_protecting_tag_that_was_written_since_is_not_removed()
    {
        await Index.TryWriteProtectingTagAsync(repository, BearerOf("latest", 1), Token);
        var first = (await ReadBearerAsync("latest")).ShouldNotBeNull();
        await Index.TryWriteProtectingTagAsync(repository, BearerOf("latest", 2) with { Revision = first.Revision }, Token);

        (await Index.TryRemoveProtectingTagAsync(repository, "latest", first.Revision, Token)).ShouldBeFalse();

        var second = (await ReadBearerAsync("latest")).ShouldNotBeNull();
        (await Index.TryRemoveProtectingTagAsync(repository, "latest", second.Revision, Token)).ShouldBeTrue();
        (await ReadBearerAsync("latest")).ShouldBeNull();
        (await Index.TryRemoveProtectingTagAsync(repository, "latest", second.Revision, Token)).ShouldBeTrue();
    }

    static ProtectingTag BearerOf(string tag, int number) => new() { Tag = tag, Row = Sample.Image(number) };

    async Task<ProtectingTag?> ReadBearerAsync(string tag) => (await Index.ReadAsync(repository, [], tag, Token)).ProtectingTag;
}
