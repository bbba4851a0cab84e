using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    const string Chart = "application/vnd.cncf.helm.config.v1+json";

    static readonly string Long = "application/" + new string('x', 288);

    // Each begins with another, looks like a place or a part of one, or is as long as an artifact's type can be.
    static readonly string[] Streams =
    [
        Kind.Image, "images", "imag", "image?", "image#", "#image", "#", "##", "2#image#", "2#image#0000000000000000000#",
        Chart, Chart + "#", Chart + "#" + Kind.Image, Chart[..^1], "Image", "IMAGE", "Bild \u00e4\u00f6\u00fc \u6620\u50cf \U0001f433",
        "a\u0308", "\u00e4", "\u0000", Long, Long + "y", Long[..^1] + "y", "0123456789abcdef0123456789abcdef", " ", "",
    ];

    [Fact]
    public async Task Each_stream_has_its_own_newest_and_longest_due()
    {
        foreach (var (stream, i) in Streams.Select((s, i) => (s, i)))
        {
            await WriteAsync(Sample.Image(2 * i) with { Stream = stream });
            await WriteAsync(Sample.Image((2 * i) + 1) with { Stream = stream });
        }

        foreach (var (stream, i) in Streams.Select((s, i) => (s, i)))
        {
            Digest[] its = [Sample.Digest(2 * i), Sample.Digest((2 * i) + 1)];
            (await Index.NewestAsync(repository, stream, 100, Token)).Select(e => e.Digest).ShouldBe(its, stream);
            (await Index.DueAsync(repository, stream, DateTimeOffset.MaxValue, 100, Token))
                .Select(e => e.Digest)
                .ShouldBe(its.Reverse(), stream);
            (await ReadAsync(its[0])).ShouldNotBeNull().Stream.ShouldBe(stream);
        }
    }

    [Fact]
    public async Task A_stream_without_images_has_none_whatever_others_have()
    {
        await WriteAsync(Sample.Image(1));
        await WriteAsync(Sample.Image(2) with { Stream = Chart });

        (await Index.NewestAsync(repository, "application/vnd.wasm.config.v0+json", 10, Token)).ShouldBeEmpty();
        (await Index.DueAsync(repository, "application/vnd.wasm.config.v0+json", DateTimeOffset.MaxValue, 10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_of_another_stream_take_no_room_in_an_answer()
    {
        await Task.WhenAll(Enumerable.Range(1, 30).Select(i => WriteAsync(Sample.Image(i) with { Stream = Chart })));
        await WriteAsync(Sample.Image(100));

        (await Index.NewestAsync(repository, Kind.Image, 1, Token)).ShouldHaveSingleItem().Digest.ShouldBe(Sample.Digest(100));
        (await Index.DueAsync(repository, Kind.Image, DateTimeOffset.MaxValue, 1, Token))
            .ShouldHaveSingleItem()
            .Digest.ShouldBe(Sample.Digest(100));
    }

    [Theory]
    [InlineData(Kind.Image, Chart)]
    [InlineData(Chart, Kind.Image)]
    [InlineData(Chart, "application/vnd.buildkit.cacheconfig.v0")]
    public async Task A_row_that_changes_its_stream_leaves_the_former(string former, string stream)
    {
        var row = await WriteAsync(Sample.Image(1) with { Stream = former });

        row = await WriteAsync(row with { Stream = stream });

        (await Index.NewestAsync(repository, former, 10, Token)).ShouldBeEmpty();
        (await Index.DueAsync(repository, former, DateTimeOffset.MaxValue, 10, Token)).ShouldBeEmpty();
        (await Index.NewestAsync(repository, stream, 10, Token)).ShouldHaveSingleItem().Digest.ShouldBe(row.Digest);
        (await Index.DueAsync(repository, stream, DateTimeOffset.MaxValue, 10, Token)).ShouldHaveSingleItem().Digest.ShouldBe(row.Digest);
        ShouldBe(await ReadAsync(row.Digest), row);
    }

    [Fact]
    public async Task An_owner_takes_a_manifest_out_of_whatever_stream_it_is_in()
    {
        var row = await WriteAsync(Sample.Image(1) with { Stream = Chart });

        await Index.AddOwnerAsync(repository, row.Digest, Sample.Digest(9), Token);

        (await Index.NewestAsync(repository, Chart, 10, Token)).ShouldBeEmpty();
        (await Index.DueAsync(repository, Chart, DateTimeOffset.MaxValue, 10, Token)).ShouldBeEmpty();
        (await ReadAsync(row.Digest)).ShouldNotBeNull().Stream.ShouldBeNull();
    }

    [Fact]
    public async Task A_stream_without_a_place_and_a_place_in_no_stream_are_not_kept()
    {
        var streamAlone = await WriteAsync(Sample.Row(1) with { Stream = Chart });
        var placeAlone = await WriteAsync(Sample.Image(2) with { Stream = null });

        (streamAlone.Stream, placeAlone.RankedAt, placeAlone.DueFrom).ShouldBe((null, null, null));
        ShouldBe(await ReadAsync(streamAlone.Digest), streamAlone);
        ShouldBe(await ReadAsync(placeAlone.Digest), placeAlone);
    }
}
