using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var row = new IndexRow
        {
            Digest = Sample.Digest(1),
            Tags = ["1.0", "latest"],
            PushedAt = Sample.Start.AddTicks(1),
            Bytes = 12_345_678_901,
            History = new ManifestHistory
            {
                PromotedAt = Sample.Start.AddTicks(2),
                ProvenFor = Sample.Start.AddTicks(3),
                Owners = DigestSet.Of(Sample.Digest(2), Sample.Digest(3)),
                WasMember = true,
                WasReferrer = true,
                Members = DigestSet.Of(Sample.Digest(4)),
                Referrers = DigestSet.Of(Sample.Digest(5)),
                ReadAt = Sample.Start.AddTicks(5),
                PulledBefore = Sample.Start.AddTicks(6),
                Kind = "application/vnd.cncf.helm.config.v1+json",
                HasLostSubject = true,
            },
            Stream = Kind.Image,
            RankedAt = Sample.Start.AddTicks(4),
            DueFrom = Sample.Start.AddTicks(5),
        };

        var written = await WriteAsync(row);

        written.HasSameContentAs(row).ShouldBeTrue();
        written.Revision.ShouldNotBe(IndexRow.Unwritten);
        ShouldBe(await ReadAsync(row.Digest), written);
    }

    [Fact]
    public async Task A_row_with_nothing_in_it_comes_back_with_nothing_in_it()
    {
        var written = await WriteAsync(new IndexRow { Digest = Sample.Digest(1) });

        ShouldBe(await ReadAsync(written.Digest), written);
    }

    [Fact]
    public async Task A_row_is_written_over_whole()
    {
        var first = await WriteAsync(Sample.Image(1) with { Tags = ["1.0"], History = new ManifestHistory { ProvenFor = Sample.Start } });

        var second = await WriteAsync(new IndexRow { Digest = first.Digest, Revision = first.Revision });

        ShouldBe(await ReadAsync(first.Digest), second);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00.0000000Z")]
    [InlineData("2026-08-01T02:00:00.1234567+02:00")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    public async Task Times_come_back_to_the_tick(string text)
    {
        var time = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        var written = await WriteAsync(Sample.Row(1) with { PushedAt = time, Stream = Kind.Image, RankedAt = time, DueFrom = time });

        ShouldBe(await ReadAsync(written.Digest), written);
        (await Index.NewestAsync(repository, Kind.Image, 1, Token)).ShouldBe([new RankedEntry(written.Digest, time)]);
    }

    [Fact]
    public async Task A_thousand_tags_of_three_hundred_characters_come_back()
    {
        var tags = Enumerable
            .Range(0, 1_000)
            .Select(i => i.ToString("d4", System.Globalization.CultureInfo.InvariantCulture).PadRight(300, '_'))
            .ToList();

        var written = await WriteAsync(Sample.Row(1) with { Tags = tags });

        written.Tags.ShouldBe(tags);
        ShouldBe(await ReadAsync(written.Digest), written);
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha512+b64u.x_y-z:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f")]
    [InlineData("0:00000000000000000000000000000000")]
    public async Task Any_digest_has_a_row(string text)
    {
        var written = await WriteAsync(Sample.Image(1) with { Digest = Digest.Parse(text) });

        ShouldBe(await ReadAsync(written.Digest), written);
        (await Index.NewestAsync(repository, Kind.Image, 1, Token)).ShouldHaveSingleItem().Digest.ShouldBe(written.Digest);
    }

    [Theory]
    [InlineData(IndexRow.Unwritten)]
    [InlineData(17L)]
    public async Task A_row_that_is_not_there_counts_as_removed(long revision) =>
        (await Index.TryRemoveAsync(repository, Sample.Digest(1), revision, Token)).ShouldBeTrue();

    [Fact]
    public async Task Repositories_do_not_see_each_other()
    {
        var longer = repository + "/more";
        await WriteAsync(Sample.Image(1));
        (await Index.TryWriteAsync(longer, Sample.Image(2), Token)).ShouldNotBeNull();

        (await Index.ReadAllAsync(repository, Token)).Rows.Keys.ShouldBe([Sample.Digest(1)]);
        (await Index.ReadAllAsync(longer, Token)).Rows.Keys.ShouldBe([Sample.Digest(2)]);
        (await Index.NewestAsync(longer, Kind.Image, 10, Token)).Select(e => e.Digest).ShouldBe([Sample.Digest(2)]);
    }
}
