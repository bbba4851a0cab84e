using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    [Fact]
    public async Task A_tombstone_comes_back_as_it_was_left()
    {
        var tombstone = Sample.Tombstone(1, Sample.Start.AddTicks(1));

        await Index.WriteTombstoneAsync(repository, tombstone, Token);

        ShouldBe(await FindAsync(1), tombstone);
        (await FindAsync(2)).ShouldBeNull();
    }

    [Fact]
    public async Task A_tombstone_may_know_little()
    {
        var tombstone = Sample.Tombstone(1, Sample.Start) with
        {
            Tags = [],
            PushedAt = null,
            Bytes = 0,
            Reason = "",
            RequestId = "",
            Rank = null,
            ActiveAt = null,
            Policy = null,
            EventId = null,
            Execution = null,
        };

        await Index.WriteTombstoneAsync(repository, tombstone, Token);

        ShouldBe(await FindAsync(1), tombstone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_tombstone_of_a_push_stays(bool knowsThePush)
    {
        var first = Sample.Tombstone(1, Sample.Start);
        if (!knowsThePush)
            first = first with { PushedAt = null };
        await Index.WriteTombstoneAsync(repository, first, Token);

        await Index.WriteTombstoneAsync(repository, first with { Reason = "found gone", DeletedAt = Sample.Start.AddDays(1) }, Token);

        ShouldBe(await FindAsync(1), first);
    }

    [Fact]
    public async Task A_tombstone_that_knows_why_takes_the_place_of_one_that_only_found_it_gone()
    {
        var known = Sample.Tombstone(1, Sample.Start);
        var found = known with { Reason = "found gone", IsFoundGone = true, RequestId = "request-2" };

        foreach (var (left, expected) in new[]
            {
                (found, found),
                (found with { RequestId = "request-3" }, found),
                (known, known),
                (found, known),
            })
        {
            await Index.WriteTombstoneAsync(repository, left, Token);
            ShouldBe(await FindAsync(1), expected);
        }
    }

    [Fact]
    public async Task A_tombstone_is_taken_back_by_the_request_that_left_it_alone()
    {
        var tombstone = Sample.Tombstone(1, Sample.Start);
        await Index.WriteTombstoneAsync(repository, tombstone, Token);

        await Index.RemoveTombstoneAsync(repository, tombstone with { RequestId = "another" }, Token);
        ShouldBe(await FindAsync(1), tombstone);

        await Index.RemoveTombstoneAsync(repository, tombstone, Token);
        await Index.RemoveTombstoneAsync(repository, tombstone, Token);
        (await FindAsync(1)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_push_of_the_digest_has_a_tombstone_of_its_own()
    {
        var first = Sample.Tombstone(1, Sample.Start);
        var second = first with { PushedAt = first.PushedAt!.Value.AddTicks(1), Reason = "again" };
        var third = first with { PushedAt = null, Reason = "and again" };

        foreach (var tombstone in (Tombstone[])[first, second, third, first])
        {
            await Index.WriteTombstoneAsync(repository, tombstone, Token);
            ShouldBe(await FindAsync(1), tombstone);
        }
    }

    [Fact]
    public async Task A_tombstone_is_gone_after_its_lifetime()
    {
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(1, Sample.Start), Token);

        Clock.SetUtcNow(Sample.Start + Tombstone.Lifetime - TimeSpan.FromTicks(1));
        (await FindAsync(1)).ShouldNotBeNull();

        Clock.SetUtcNow(Sample.Start + Tombstone.Lifetime);
        (await FindAsync(1)).ShouldBeNull();
    }

    [Fact]
    public async Task A_tombstone_past_its_lifetime_does_not_stand_in_the_way()
    {
        var first = Sample.Tombstone(1, Sample.Start);
        await Index.WriteTombstoneAsync(repository, first, Token);
        Clock.SetUtcNow(Sample.Start + Tombstone.Lifetime);
        var second = first with { DeletedAt = Clock.GetUtcNow(), Reason = "again" };

        await Index.WriteTombstoneAsync(repository, second, Token);

        ShouldBe(await FindAsync(1), second);
    }

    [Fact]
    public async Task A_tombstone_and_a_row_of_a_digest_stand_side_by_side()
    {
        var row = await WriteAsync(Sample.Row(1));
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(1, Sample.Start), Token);

        ShouldBe(await ReadAsync(row.Digest), row);
        (await Index.TryRemoveAsync(repository, row.Digest, row.Revision, Token)).ShouldBeTrue();
        (await FindAsync(1)).ShouldNotBeNull();
    }

    [Fact]
    public async Task All_tombstones_of_a_repository_are_listed_and_nothing_else()
    {
        await WriteAsync(Sample.Row(9));
        foreach (var number in (int[])[1, 2, 3])
            await Index.WriteTombstoneAsync(repository, Sample.Tombstone(number, Sample.Start.AddDays(number)), Token);
        await Index.WriteTombstoneAsync(Sample.Repository(), Sample.Tombstone(4, Sample.Start), Token);

        var listed = (await ListedAsync()).OrderBy(t => t.Digest).ToList();

        listed.Count.ShouldBe(3);
        foreach (var (tombstone, number) in listed.Zip((int[])[1, 2, 3]))
            ShouldBe(tombstone, Sample.Tombstone(number, Sample.Start.AddDays(number)));
    }

    [Fact]
    public async Task What_is_past_its_lifetime_is_not_listed()
    {
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(1, Sample.Start), Token);
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(2, Sample.Start.AddTicks(1)), Token);

        Clock.SetUtcNow(Sample.Start + Tombstone.Lifetime);

        (await ListedAsync()).ShouldHaveSingleItem().Digest.ShouldBe(Sample.Digest(2));
    }

    [Fact]
    public async Task More_tombstones_than_an_answer_of_the_table_holds_are_listed()
    {
        // An answer ends at 1 MB.
        const int count = 12;
        for (var number = 1; number <= count; number++)
        {
            await Index.WriteTombstoneAsync(
                repository,
                Sample.Tombstone(number, Sample.Start) with
                {
                    Tags = [.. Enumerable.Range(0, 1_000).Select(n => $"{n:d120}")],
                },
                Token);
        }

        var listed = await ListedAsync();

        listed.Select(t => t.Digest).Order().ShouldBe(Enumerable.Range(1, count).Select(Sample.Digest));
        listed.ShouldAllBe(t => t.Tags.Count == 1_000);
    }

    [Fact]
    public async Task A_repository_without_tombstones_lists_none() => (await ListedAsync()).ShouldBeEmpty();

    async Task<List<Tombstone>> ListedAsync() => await Index.ListTombstonesAsync(repository, Token).ToListAsync(Token);

    Task<Tombstone?> FindAsync(int number) => Index.FindTombstoneAsync(repository, Sample.Digest(number), Token);

    static void ShouldBe(Tombstone? actual, Tombstone expected)
    {
        actual.ShouldNotBeNull();
        actual.Tags.ShouldBe(expected.Tags);
        (actual with { Tags = [] }).ShouldBe(expected with { Tags = [] });
    }
}
