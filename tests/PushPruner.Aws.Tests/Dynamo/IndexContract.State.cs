using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    [Fact]
    public async Task The_state_comes_back_as_it_was_written()
    {
        var overrides = new RepositoryOverrides
        {
            KeepNewest = 25,
            KeepFor = TimeSpan.FromTicks(12_345_678_901_234),
            ProtectTags = WildcardSet.Of("latest", "release-*"),
            Enabled = false,
        };

        await ShouldComeBackAsync(new RepositoryState
        {
            ListedAt = Sample.Start.AddTicks(1),
            DeferredAt = Sample.Start.AddTicks(2),
            Unreadable = new UnreadableList(Sample.Digest(3), Sample.Start.AddTicks(4)),
            HaltedUnder = "3f9a1c 500",
            ContendedUntil = Sample.Start.AddTicks(3),
            Overrides = overrides,
        });
    }

    [Fact]
    public Task An_unreadable_list_that_covers_every_push_comes_back_without_an_end() => ShouldComeBackAsync(new RepositoryState
    {
        ListedAt = Sample.Start,
        Unreadable = new UnreadableList(Sample.Digest(3), Until: null),
    });

    [Fact]
    public Task A_state_without_overrides_comes_back_without_any() =>
        ShouldComeBackAsync(new RepositoryState { ListedAt = Sample.Start });

    [Fact]
    public Task An_empty_state_is_a_state() => ShouldComeBackAsync(new RepositoryState());

    [Fact]
    public Task Why_overrides_are_malformed_comes_back() => ShouldComeBackAsync(new RepositoryState
    {
        Overrides = RepositoryOverrides.Parse(new Dictionary<string, string>(StringComparer.Ordinal) { ["pushpruner:keep-days"] = "30d" }),
    });

    [Fact]
    public async Task The_state_is_not_written_over_what_was_written_since()
    {
        (await Index.TryWriteStateAsync(repository, new RepositoryState { ListedAt = Sample.Start }, Token)).ShouldNotBeNull();
        (await Index.TryWriteStateAsync(repository, new RepositoryState { DeferredAt = Sample.Start }, Token)).ShouldBeNull();

        var first = (await Index.ReadAsync(repository, [], tag: null, Token)).State.ShouldNotBeNull();
        first.ListedAt.ShouldBe(Sample.Start);
        (await Index.TryWriteStateAsync(repository, first with { ListedAt = Sample.Start.AddDays(1) }, Token)).ShouldNotBeNull();
        (await Index.TryWriteStateAsync(repository, first with { ListedAt = Sample.Start.AddDays(2) }, Token)).ShouldBeNull();

        var second = (await Index.ReadAsync(repository, [], tag: null, Token)).State.ShouldNotBeNull();
        second.ListedAt.ShouldBe(Sample.Start.AddDays(1));
        second.Revision.ShouldNotBe(first.Revision);
    }

    async Task ShouldComeBackAsync(RepositoryState state)
    {
        (await Index.TryWriteStateAsync(repository, state, Token)).ShouldNotBeNull();

        var stored = (await Index.ReadAsync(repository, [], tag: null, Token)).State.ShouldNotBeNull();

        stored.Revision.ShouldNotBe(IndexRow.Unwritten);
        (stored with { Revision = state.Revision }).ShouldBe(state);
    }
}
