using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Testing.Pushes;

namespace PushPruner.Aws.Tests.Jobs;

/// <summary>
/// The whole push, on ECR's API and a real DynamoDB server: its budget, which is the same however many images the repository holds and
/// however many of them are old and protected. Where nothing expires it is the same for every N, too.
/// </summary>
public sealed class WhatAPushCosts(FilledRepositories repositories) : IClassFixture<FilledRepositories>
{
    static readonly TimeSpan PastX = TimeSpan.FromDays(31);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Of_a_single_image() => CostsAsync(
        "DescribeImages 1; BatchGetItem 1, PutItem 1, Query 1; 4 read units, 3 write units",
        Nothing, Put.Image);

    [Fact]
    public Task Of_an_index_of_four_with_its_parts() => CostsAsync(
        "BatchGetImage 1, DescribeImages 5; BatchGetItem 5, PutItem 5, Query 5, UpdateItem 4; 16 read units, 11 write units",
        Nothing, Put.MultiArch);

    [Fact]
    public Task Of_the_event_that_an_index_of_four_sends_itself() => CostsAsync(
        "BatchGetImage 1, DescribeImages 1; BatchGetItem 1, PutItem 1, Query 1, UpdateItem 4; 4 read units, 7 write units",
        Nothing, LastOf(Put.MultiArch));

    [Fact]
    public Task Of_an_index_that_names_another_and_comes_first() => CostsAsync(
        "BatchGetImage 2, DescribeImages 1; BatchGetItem 2, PutItem 2, Query 1, UpdateItem 6; 5 read units, 10 write units",
        Nothing, LastOf(Put.Nested));

    // The image that bore it is filed anew.
    [Fact]
    public Task Of_an_image_that_takes_a_protecting_tag_from_another() => CostsAsync(
        "DescribeImages 2; BatchGetItem 1, PutItem 3, Query 1; 4 read units, 5 write units",
        (r, s) => HandledAsync(r, s, TagLatest), TagLatest);

    [Fact]
    public async Task Of_an_event_that_comes_again()
    {
        IReadOnlyList<RegistryEvent> events = [];
        await CostsAsync(
            "DescribeImages 1; BatchGetItem 1, Query 1; 4 read units, 0 write units",
            (r, s) => HandledAsync(r, s, r => events = Put.Image(r)),
            _ => events);
    }

    [Theory]
    [InlineData(
        10,
        "BatchDeleteImage 1, DescribeImages 2, ListTagsForResource 1; BatchGetItem 2, DeleteItem 1, PutItem 2, Query 2; 6 read units, 7 "
            + "write units"
    )]
    [InlineData(
        1_000,
        "BatchDeleteImage 1, DescribeImages 12, ListTagsForResource 1; BatchGetItem 2, DeleteItem 1, PutItem 2, Query 2; 55 read units, "
            + "7 write units"
    )]
    public Task With_an_image_that_expires(int n, string expected) => CostsAsync(expected, n, Old(1, Put.Image), Outcome.Pruned);

    // Two writes for the turn, and a last look.
    [Theory]
    [InlineData(
        10,
        "BatchDeleteImage 1, DescribeImages 2, ListTagsForResource 1; BatchGetItem 2, DeleteItem 2, PutItem 3, Query 3; 7 read units, 9 "
            + "write units"
    )]
    [InlineData(
        1_000,
        "BatchDeleteImage 1, DescribeImages 12, ListTagsForResource 1; BatchGetItem 2, DeleteItem 2, PutItem 3, Query 3; 56 read units, "
            + "9 write units"
    )]
    public Task With_an_image_that_expires_where_pushes_take_turns(int n, string expected) =>
        CostsAsync(expected, n, InTurns(Old(1, Put.Image)), Outcome.Pruned);

    [Theory]
    [InlineData(10, "DescribeImages 1; BatchGetItem 1, PutItem 2, Query 2; 5 read units, 4 write units")]
    [InlineData(1_000, "DescribeImages 1; BatchGetItem 1, PutItem 2, Query 2; 54 read units, 4 write units")]
    public Task With_an_image_that_expires_when_it_is_another_s_turn(int n, string expected) =>
        CostsAsync(expected, n, InTurns(Old(1, Put.Image), isAnothers: true), Outcome.NothingExpired);

    [Theory]
    [InlineData(
        10,
        "BatchDeleteImage 2, DescribeImages 2, ListTagsForResource 1; BatchGetItem 3, DeleteItem 15, PutItem 16, Query 2; 20 read "
            + "units, 39 write units"
    )]
    [InlineData(
        1_000,
        "BatchDeleteImage 2, DescribeImages 12, ListTagsForResource 1; BatchGetItem 3, DeleteItem 15, PutItem 16, Query 2; 69 read "
            + "units, 39 write units"
    )]
    public Task With_three_multi_arch_images_that_expire(int n, string expected) =>
        CostsAsync(expected, n, Old(3, Put.MultiArch), Outcome.Pruned);

    [Theory]
    [InlineData(10, "DescribeImages 2, ListTagsForResource 1; BatchGetItem 2, PutItem 1, Query 2; 6 read units, 3 write units")]
    [InlineData(1_000, "DescribeImages 12, ListTagsForResource 1; BatchGetItem 2, PutItem 1, Query 2; 55 read units, 3 write units")]
    public Task Of_a_dry_run(int n, string expected) =>
        CostsAsync(expected, n, Old(1, Put.Image), Outcome.DryRun, s => s with { DryRun = true });

    // The first such push marks the repository.
    [Theory]
    [InlineData(10, "DescribeImages 2, ListTagsForResource 1; BatchGetItem 2, PutItem 2, Query 2; 8 read units, 4 write units")]
    [InlineData(1_000, "DescribeImages 12, ListTagsForResource 1; BatchGetItem 2, PutItem 2, Query 2; 57 read units, 4 write units")]
    public Task When_too_many_expire(int n, string expected) =>
        CostsAsync(expected, n, Old(3, Put.Image), Outcome.Halted, s => s with { MaxDeletes = 2 });

    // Nothing expires: every N at every size, all at the same cost.
    async Task CostsAsync(
        string expected, Func<MeteredRepository, Settings, Task> prepareAsync, Func<MeteredRepository, IReadOnlyList<RegistryEvent>> put)
    {
        foreach (var repository in (MeteredRepository[])[repositories.Small, repositories.Medium, repositories.Large])
        {
            foreach (var n in (int[])[10, 1_000])
            {
                var settings = FilledRepositories.SettingsWith(n);
                await prepareAsync(repository, settings);
                (await CostAsync(expected, repository, put, settings, Outcome.NothingExpired))();
            }
        }
    }

    async Task CostsAsync(
        string expected, int n, Func<MeteredRepository, Settings, Task> prepareAsync, string outcome, Func<Settings, Settings>? with = null)
    {
        var settings = FilledRepositories.SettingsWith(n);
        foreach (var repository in (MeteredRepository[])[n < 100 ? repositories.Small : repositories.Medium, repositories.Large])
        {
            await prepareAsync(repository, settings);
            var assert = await CostAsync(expected, repository, Put.Image, with?.Invoke(settings) ?? settings, outcome);

            // What a dry run, a halt or another's turn left goes now.
            await repository.IsAnothersTurnAsync(false, Token);
            await repository.TakesTurnsAsync(false, Token);
            await repository.HandleAsync(Put.Image(repository), settings, Token);
            assert();
        }
    }

    static async Task<Action> CostAsync(
        string expected,
        MeteredRepository repository,
        Func<MeteredRepository, IReadOnlyList<RegistryEvent>> put,
        Settings settings,
        string outcome)
    {
        var events = put(repository);
        var (results, cost) = await repository.MeasureAsync(() => repository.HandleAsync(events, settings, Token));

        return () =>
        {
            results[^1].Outcome.ShouldBe(outcome, results[^1].Why);
            cost.ToString().ShouldBe(expected, $"{repository.Name}, N = {settings.Policy.KeepNewest}");
        };
    }

    static Task Nothing(MeteredRepository repository, Settings settings) => Task.CompletedTask;

    static Task<IReadOnlyList<PruneResult>> HandledAsync(
        MeteredRepository repository,
        Settings settings,
        Func<MeteredRepository, IReadOnlyList<RegistryEvent>> put) => repository.HandleAsync(put(repository), settings, Token);

    static Func<MeteredRepository, Settings, Task> Old(int count, Func<MeteredRepository, IReadOnlyList<RegistryEvent>> put) =>
        (repository, settings) =>
            repository.HasHandledAsync(PastX, () => [.. Enumerable.Range(0, count).SelectMany(_ => put(repository))], settings, Token);

    static Func<MeteredRepository, Settings, Task> InTurns(Func<MeteredRepository, Settings, Task> prepareAsync, bool isAnothers = false) =>
        async (repository, settings) =>
        {
            await prepareAsync(repository, settings);
            await repository.TakesTurnsAsync(true, Token);
            if (isAnothers)
                await repository.IsAnothersTurnAsync(true, Token);
        };

    static Func<MeteredRepository, IReadOnlyList<RegistryEvent>> LastOf(Func<MeteredRepository, IReadOnlyList<RegistryEvent>> put) =>
        r => [put(r)[^1]];

    static IReadOnlyList<RegistryEvent> TagLatest(MeteredRepository repository) => Put.Tagged(repository, "latest");
}
