using System.Globalization;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>A row holds 400 KB at most. Whatever ECR allows is written, and takes every owner and referrer that it may still get.</summary>
public abstract partial class IndexContract
{
    const int MostMembers = ManifestContent.MostMembers;

    static readonly IReadOnlyList<string> FullTags =
        [.. Enumerable.Range(0, 1_000).Select(i => i.ToString("d4", CultureInfo.InvariantCulture).PadRight(300, '_'))];

    [Fact]
    public async Task A_row_of_2000_members_1500_owners_1500_referrers_and_1000_long_tags_is_written()
    {
        var row = new IndexRow
        {
            Digest = Sample.Digest(1),
            PushedAt = Sample.Start,
            Bytes = long.MaxValue,
            History = new ManifestHistory
            {
                PromotedAt = Sample.Start,
                ProvenFor = Sample.Start,
                ReadAt = Sample.Start,
                PulledBefore = Sample.Start,
                WasMember = true,
                WasReferrer = true,
                HasLostSubject = true,
                Kind = new string('\u6620', 255),
                Members = Digests(MostMembers, from: 10_000),
                Owners = Digests(DigestSet.MostInARow, from: 20_000),
                Referrers = Digests(DigestSet.MostInARow, from: 30_000),
            },
            Stream = new string('\u6620', 255),
            RankedAt = Sample.Start,
            DueFrom = Sample.Start,
        }.WithTags(FullTags);

        var written = await WriteAsync(row);

        written.AreTagsCut.ShouldBeTrue();
        written.Tags.Count.ShouldBeInRange(1, 999);
        ShouldBe(await ReadAsync(row.Digest), written);
    }

    [Fact]
    public async Task A_row_with_full_tags_takes_every_owner_and_referrer_that_it_may_get()
    {
        var members = new ManifestHistory { Members = Digests(MostMembers, from: 10_000) };
        var row = await WriteAsync((Sample.Image(1) with { History = members }).WithTags(FullTags));

        await Parallel.ForEachAsync(Enumerable.Range(0, DigestSet.MostInARow + 10), Token, async (i, token) =>
        {
            await Index.AddOwnerAsync(repository, row.Digest, Sample.Digest(20_000 + i), token);
            await Index.AddReferrerAsync(repository, row.Digest, Sample.Digest(30_000 + i), token);
        });

        var full = (await ReadAsync(row.Digest)).ShouldNotBeNull();
        full.History.Owners.Count.ShouldBe(DigestSet.MostInARow);
        full.History.Referrers.Count.ShouldBe(DigestSet.MostInARow);
        full.History.Members.ShouldBe(members.Members);
        full.Tags.ShouldBe(row.Tags);
    }

    [Fact]
    public async Task A_row_whose_tags_were_cut_says_the_same_as_it_did_before_it_was_stored()
    {
        var members = new ManifestHistory { Members = Digests(1_100, from: 10_000) };
        var row = (Sample.Image(1) with { History = members }).WithTags(FullTags.Reverse());
        row.AreTagsCut.ShouldBeTrue();

        await WriteAsync(row);

        (await ReadAsync(row.Digest)).ShouldNotBeNull().HasSameContentAs(row).ShouldBeTrue();
        row.Tags.ShouldBe(FullTags.Take(row.Tags.Count));
    }

    [Fact]
    public async Task A_set_that_is_full_is_left_as_it_is()
    {
        var full = new ManifestHistory
        {
            Owners = Digests(DigestSet.MostInARow, from: 20_000), Referrers = Digests(DigestSet.MostInARow, from: 30_000), WasMember = true,
        };
        var row = await WriteAsync(Sample.Row(1) with { History = full });

        await Index.AddOwnerAsync(repository, row.Digest, Sample.Digest(5), Token);
        await Index.AddReferrerAsync(repository, row.Digest, Sample.Digest(6), Token);

        ShouldBe(await ReadAsync(row.Digest), row);
    }

    static DigestSet Digests(int count, int from) => new(Enumerable.Range(from, count).Select(Sample.Digest));
}
