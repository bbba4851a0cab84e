using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    [Fact]
    public async Task A_revision_never_comes_back()
    {
        var seen = new HashSet<long>();
        for (var i = 0; i < 20; i++)
        {
            // The clock stands still, and at times goes back.
            Clock.SetUtcNow(Sample.Start.AddSeconds(-(i / 5)));
            var first = await WriteAsync(Sample.Row(1));
            var second = await WriteAsync(first);
            seen.Add(first.Revision).ShouldBeTrue();
            seen.Add(second.Revision).ShouldBeTrue();
            (await Index.TryRemoveAsync(repository, second.Digest, second.Revision, Token)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Of_many_that_write_the_same_new_row_exactly_one_wins()
    {
        var writes = await Task.WhenAll(
            Enumerable.Range(1, 40).Select(i => Index.TryWriteAsync(repository, Sample.Row(1) with { Bytes = i }, Token)));

        ShouldBe(await ReadAsync(Sample.Digest(1)), writes.OfType<IndexRow>().ShouldHaveSingleItem());
    }

    [Fact]
    public async Task Of_many_that_write_over_the_same_row_exactly_one_wins()
    {
        var row = await WriteAsync(Sample.Row(1));

        var writes = await Task.WhenAll(
            Enumerable.Range(1, 40).Select(i => Index.TryWriteAsync(repository, row with { Bytes = i }, Token)));

        ShouldBe(await ReadAsync(Sample.Digest(1)), writes.OfType<IndexRow>().ShouldHaveSingleItem());
    }

    [Fact]
    public async Task Where_many_write_and_remove_the_same_row_either_one_write_wins_or_it_is_gone()
    {
        var row = await WriteAsync(Sample.Row(1));

        var writes = Enumerable.Range(1, 20).Select(i => Index.TryWriteAsync(repository, row with { Bytes = i }, Token)).ToList();
        var removals = Enumerable.Range(1, 20).Select(_ => Index.TryRemoveAsync(repository, row.Digest, row.Revision, Token)).ToList();
        await Task.WhenAll([.. writes, .. removals]);

        var written = (await Task.WhenAll(writes)).OfType<IndexRow>().ToList();
        var removed = (await Task.WhenAll(removals)).Count(r => r);
        (written.Count, removed).ShouldBe(await ReadAsync(row.Digest) is null ? (0, 20) : (1, 0));
    }

    [Fact]
    public async Task A_row_is_not_written_over_what_was_not_read()
    {
        var first = await WriteAsync(Sample.Row(1));

        (await Index.TryWriteAsync(repository, Sample.Row(1) with { Bytes = 7 }, Token)).ShouldBeNull();

        ShouldBe(await ReadAsync(first.Digest), first);
    }

    [Fact]
    public async Task A_row_is_not_written_over_what_was_written_since()
    {
        var first = await WriteAsync(Sample.Row(1));
        var second = await WriteAsync(first with { Bytes = 7 });

        (await Index.TryWriteAsync(repository, first with { Bytes = 8 }, Token)).ShouldBeNull();

        ShouldBe(await ReadAsync(first.Digest), second);
    }

    [Fact]
    public async Task A_row_is_not_written_where_it_was_removed_since()
    {
        var first = await WriteAsync(Sample.Row(1));
        (await Index.TryRemoveAsync(repository, first.Digest, first.Revision, Token)).ShouldBeTrue();

        (await Index.TryWriteAsync(repository, first with { Bytes = 8 }, Token)).ShouldBeNull();

        (await ReadAsync(first.Digest)).ShouldBeNull();
    }

    [Fact]
    public async Task A_row_that_was_written_since_is_not_removed()
    {
        var first = await WriteAsync(Sample.Row(1));
        var second = await WriteAsync(first);

        (await Index.TryRemoveAsync(repository, first.Digest, first.Revision, Token)).ShouldBeFalse();
        (await Index.TryRemoveAsync(repository, first.Digest, IndexRow.Unwritten, Token)).ShouldBeFalse();

        ShouldBe(await ReadAsync(first.Digest), second);
    }
}
