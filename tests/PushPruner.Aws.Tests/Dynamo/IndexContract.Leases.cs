using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    Lease Of(string holder) => new(holder, Clock.GetUtcNow() + Lease.Longest);

    [Fact]
    public async Task A_lease_is_one_s_until_it_is_given_back()
    {
        (await Index.TryTakeLeaseAsync(repository, Of("one"), Token)).ShouldBeTrue();
        (await Index.TryTakeLeaseAsync(repository, Of("two"), Token)).ShouldBeFalse();
        (await Index.TryTakeLeaseAsync(repository + "/other", Of("two"), Token)).ShouldBeTrue();

        await Index.ReturnLeaseAsync(repository, Of("one"), Token);

        (await Index.TryTakeLeaseAsync(repository, Of("two"), Token)).ShouldBeTrue();
        (await Index.TryTakeLeaseAsync(repository, Of("one"), Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lease_ends_by_itself_unless_its_holder_prolongs_it()
    {
        await Index.TryTakeLeaseAsync(repository, Of("one"), Token);
        Clock.Advance(Lease.Longest / 2);
        (await Index.TryTakeLeaseAsync(repository, Of("one"), Token)).ShouldBeTrue();
        Clock.Advance(Lease.Longest - TimeSpan.FromTicks(1));
        (await Index.TryTakeLeaseAsync(repository, Of("two"), Token)).ShouldBeFalse();

        Clock.Advance(TimeSpan.FromTicks(1));

        (await Index.TryTakeLeaseAsync(repository, Of("two"), Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lease_that_another_has_taken_since_is_not_given_back()
    {
        await Index.TryTakeLeaseAsync(repository, Of("one"), Token);
        Clock.Advance(Lease.Longest);
        await Index.TryTakeLeaseAsync(repository, Of("two"), Token);

        await Index.ReturnLeaseAsync(repository, Of("one"), Token);

        (await Index.TryTakeLeaseAsync(repository, Of("three"), Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lease_that_was_never_taken_can_be_given_back()
    {
        await Index.ReturnLeaseAsync(repository, Of("one"), Token);

        (await Index.TryTakeLeaseAsync(repository, Of("two"), Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lease_that_ends_later_than_any_can_holds_nothing()
    {
        await Index.TryTakeLeaseAsync(repository, new Lease("one", Clock.GetUtcNow() + Lease.Longest + TimeSpan.FromTicks(1)), Token);

        (await Index.TryTakeLeaseAsync(repository, Of("two"), Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lease_is_no_row()
    {
        await Index.TryTakeLeaseAsync(repository, Of("one"), Token);

        var all = await Index.ReadAllAsync(repository, Token);

        all.Rows.ShouldBeEmpty();
        all.ProtectingTags.ShouldBeEmpty();
        (await Index.ReadAsync(repository, [], tag: null, Token)).State.ShouldBeNull();
    }
}
