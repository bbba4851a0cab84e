using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    static readonly int[] OutOfOrder = [4, 2, 5, 1, 3];

    [Fact]
    public async Task The_newest_come_first()
    {
        foreach (var i in OutOfOrder)
            await WriteAsync(Sample.Image(i));

        var newest = await Index.NewestAsync(repository, Kind.Image, 10, Token);

        newest.ShouldBe(Enumerable.Range(1, 5).Select(i => new RankedEntry(Sample.Digest(i), Sample.Start.AddMinutes(-i))));
    }

    [Fact]
    public async Task The_longest_due_come_first()
    {
        foreach (var i in OutOfOrder)
            await WriteAsync(Sample.Image(i));

        var due = await Index.DueAsync(repository, Kind.Image, Sample.Start, 10, Token);

        due.ShouldBe(Enumerable.Range(1, 5).Reverse().Select(i => new DueEntry(Sample.Digest(i), Sample.Start.AddMinutes(-i))));
    }

    [Fact]
    public async Task Of_those_of_the_same_instant_the_smaller_digest_comes_first()
    {
        foreach (var i in OutOfOrder)
            await WriteAsync(Sample.Row(i) with { Stream = Kind.Image, RankedAt = Sample.Start, DueFrom = Sample.Start });

        var digests = Enumerable.Range(1, 5).Select(Sample.Digest).ToList();
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).Select(e => e.Digest).ShouldBe(digests);
        (await Index.DueAsync(repository, Kind.Image, Sample.Start.AddTicks(1), 10, Token)).Select(e => e.Digest).ShouldBe(digests);
    }

    [Fact]
    public async Task A_tick_makes_the_difference()
    {
        await WriteAsync(Sample.Row(1) with { Stream = Kind.Image, RankedAt = Sample.Start, DueFrom = Sample.Start });
        await WriteAsync(
            Sample.Row(2) with
            {
                Stream = Kind.Image, RankedAt = Sample.Start.AddTicks(1), DueFrom = Sample.Start.AddTicks(-1),
            });

        (await Index.NewestAsync(repository, Kind.Image, 1, Token)).ShouldHaveSingleItem().Digest.ShouldBe(Sample.Digest(2));
        (await Index.DueAsync(repository, Kind.Image, Sample.Start, 10, Token)).ShouldHaveSingleItem().Digest.ShouldBe(Sample.Digest(2));
        (await Index.DueAsync(repository, Kind.Image, Sample.Start.AddTicks(1), 10, Token)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task No_more_come_than_were_asked_for(int limit)
    {
        foreach (var i in OutOfOrder)
            await WriteAsync(Sample.Image(i));

        var few = Math.Min(limit, 5);
        (await Index.NewestAsync(repository, Kind.Image, limit, Token))
            .Select(e => e.Digest)
            .ShouldBe(Enumerable.Range(1, few).Select(Sample.Digest));
        (await Index.DueAsync(repository, Kind.Image, Sample.Start, limit, Token))
            .Select(e => e.Digest)
            .ShouldBe(Enumerable.Range(6 - few, few).Reverse().Select(Sample.Digest));
    }

    [Fact]
    public async Task What_takes_no_place_is_in_neither_order()
    {
        var row = await WriteAsync(Sample.Row(1));
        await WriteAsync(Sample.Row(2) with { Stream = Kind.Image, RankedAt = Sample.Start });
        await WriteAsync(Sample.Row(3) with { Stream = Kind.Image, DueFrom = Sample.Start });
        await Index.TryWriteProtectingTagAsync(repository, new ProtectingTag { Tag = "latest", Row = Sample.Image(4) }, Token);
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(5, Clock.GetUtcNow()), Token);

        row.RankedAt.ShouldBeNull();
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldHaveSingleItem().Digest.ShouldBe(Sample.Digest(2));
        (await Index.DueAsync(repository, Kind.Image, DateTimeOffset.MaxValue, 10, Token))
            .ShouldHaveSingleItem()
            .Digest.ShouldBe(Sample.Digest(3));
    }

    [Fact]
    public async Task A_row_takes_the_places_it_was_last_written_with()
    {
        var row = await WriteAsync(Sample.Image(1));
        row = await WriteAsync(row with { Stream = Kind.Image, RankedAt = Sample.Start.AddDays(1), DueFrom = Sample.Start.AddDays(2) });
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldBe([new RankedEntry(row.Digest, Sample.Start.AddDays(1))]);
        (await Index.DueAsync(repository, Kind.Image, DateTimeOffset.MaxValue, 10, Token)).ShouldBe([
            new DueEntry(row.Digest, Sample.Start.AddDays(2)),
        ]);

        row = await WriteAsync(row with { DueFrom = null });
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).Count.ShouldBe(1);
        (await Index.DueAsync(repository, Kind.Image, DateTimeOffset.MaxValue, 10, Token)).ShouldBeEmpty();

        (await Index.TryRemoveAsync(repository, row.Digest, row.Revision, Token)).ShouldBeTrue();
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldBeEmpty();
    }
}
