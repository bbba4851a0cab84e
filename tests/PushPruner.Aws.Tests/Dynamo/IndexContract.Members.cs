using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    [Fact]
    public async Task An_owner_takes_a_manifest_s_places_and_leaves_the_rest_of_its_row()
    {
        var row = await WriteAsync(
            Sample.Image(1) with
            {
                Tags = ["1.0-amd64"], History = new ManifestHistory { ProvenFor = Sample.Start },
            });

        await Index.AddOwnerAsync(repository, row.Digest, Sample.Digest(8), Token);
        await Index.AddOwnerAsync(repository, row.Digest, Sample.Digest(9), Token);
        await Index.AddOwnerAsync(repository, row.Digest, Sample.Digest(8), Token);

        var owned = (await ReadAsync(row.Digest)).ShouldNotBeNull();
        owned.History.ShouldBe(row.History with { Owners = DigestSet.Of(Sample.Digest(8), Sample.Digest(9)), WasMember = true });
        owned.Tags.ShouldBe(row.Tags);
        owned.ShouldSatisfyAllConditions(o => o.RankedAt.ShouldBeNull(), o => o.DueFrom.ShouldBeNull());
        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldBeEmpty();
        (await Index.DueAsync(repository, Kind.Image, DateTimeOffset.MaxValue, 10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_owner_may_be_known_before_what_it_owns()
    {
        await Index.AddOwnerAsync(repository, Sample.Digest(1), Sample.Digest(9), Token);
        await Index.AddReferrerAsync(repository, Sample.Digest(1), Sample.Digest(7), Token);

        var known = (await ReadAsync(Sample.Digest(1))).ShouldNotBeNull();
        known.PushedAt.ShouldBeNull();
        known.History.ShouldBe(
            new ManifestHistory
            {
                Owners = DigestSet.Of(Sample.Digest(9)), WasMember = true, Referrers = DigestSet.Of(Sample.Digest(7)),
            });
        (await Index.ReadAllAsync(repository, Token)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_referrer_leaves_a_manifest_its_places()
    {
        var row = await WriteAsync(Sample.Image(1));

        await Index.AddReferrerAsync(repository, row.Digest, Sample.Digest(7), Token);

        (await Index.NewestAsync(repository, Kind.Image, 10, Token)).ShouldHaveSingleItem().Digest.ShouldBe(row.Digest);
        (await ReadAsync(row.Digest)).ShouldNotBeNull().History.Referrers.ShouldBe(DigestSet.Of(Sample.Digest(7)));
    }

    [Fact]
    public async Task Who_read_a_row_before_it_got_an_owner_does_not_write_over_it()
    {
        var row = await WriteAsync(Sample.Image(1));
        await Index.AddOwnerAsync(repository, row.Digest, Sample.Digest(9), Token);

        (await Index.TryWriteAsync(repository, row with { Bytes = 7 }, Token)).ShouldBeNull();
        (await Index.TryRemoveAsync(repository, row.Digest, row.Revision, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Many_owners_at_once_are_all_noted()
    {
        await Task.WhenAll(
            Enumerable.Range(100, 30).Select(n => Index.AddOwnerAsync(repository, Sample.Digest(1), Sample.Digest(n), Token)));

        (await ReadAsync(Sample.Digest(1))).ShouldNotBeNull().History.Owners.Count.ShouldBe(30);
    }

    [Fact]
    public async Task A_manifest_list_that_names_nothing_differs_from_one_that_was_not_read()
    {
        var empty = await WriteAsync(Sample.Row(1) with { History = new ManifestHistory { Members = DigestSet.Empty } });
        var unread = await WriteAsync(Sample.Row(2));

        (await ReadAsync(empty.Digest)).ShouldNotBeNull().History.Members.ShouldBe(DigestSet.Empty);
        (await ReadAsync(unread.Digest)).ShouldNotBeNull().History.Members.ShouldBeNull();
    }
}
