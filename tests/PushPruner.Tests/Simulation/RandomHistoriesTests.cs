using System.Globalization;
using CsCheck;
using PushPruner.LocalAws;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// Pushes of images, caches, charts and signatures, retags, days, duplicates, losses, crashes at any call, lost answers, reads that lag,
/// people who delete, a lost index: in any order. The same thousand histories are played each time, so that a build fails only because of
/// its own change; <c>PUSHPRUNER_HISTORIES=20000</c> plays as many random ones. CsCheck prints the seed of a history that fails, and
/// <c>CsCheck_Seed</c> replays it.
/// </summary>
public class RandomHistoriesTests
{
    const int FixedHistories = 1_000;

    static readonly string? RandomHistories = Environment.GetEnvironmentVariable("PUSHPRUNER_HISTORIES")
        ?? (Environment.GetEnvironmentVariable("CsCheck_Seed") is null ? null : "1");

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public Task Nothing_is_ever_deleted_that_the_rule_keeps(PairDelete pairDelete) =>
        PlayAsync(Step.WithLoss, pairDelete, _ => Task.CompletedTask);

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public Task Whatever_the_order_of_events_and_wherever_runs_die_only_what_the_rule_keeps_is_left(PairDelete pairDelete) =>
        PlayAsync(Step.WithoutLoss, pairDelete, simulator => simulator.SettleAsync(isIndexLost: false));

    [Fact]
    public Task After_any_history_an_index_made_anew_leaves_only_what_the_rule_keeps() =>
        PlayAsync(Step.WithLoss, PairDelete.TagOnly, simulator => simulator.SettleAsync(isIndexLost: true));

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public Task After_any_history_a_reconcile_leaves_only_what_the_rule_keeps_and_an_index_that_equals_ECR(PairDelete pairDelete) =>
        PlayAsync(Step.WithLoss, pairDelete, simulator => simulator.SettleByReconcileAsync());

    /// <summary>Someone signs an expired image or tags a part of it, or an event comes twice: what has expired is as much.</summary>
    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public Task When_more_has_expired_than_may_go_no_event_leads_to_a_delete(PairDelete pairDelete) =>
        PlayAsync(Step.AroundAHalt, () => new Simulator(pairDelete, maxDeletes: 2), _ => Task.CompletedTask);

    [Fact]
    public Task With_no_days_at_all_and_reads_that_lag_nothing_is_deleted_that_the_rule_keeps() =>
        PlayAsync(Step.WithLoss, () => new Simulator(PairDelete.TagOnly, keepFor: TimeSpan.Zero), _ => Task.CompletedTask);

    static Task PlayAsync(Gen<Step[]> histories, PairDelete pairDelete, Func<Simulator, Task> settleAsync) =>
        PlayAsync(histories, () => new Simulator(pairDelete), settleAsync);

    static Task PlayAsync(Gen<Step[]> histories, Func<Simulator> simulated, Func<Simulator, Task> settleAsync)
    {
        return RandomHistories is { } count
            ? histories.SampleAsync(PlayOneAsync, iter: long.Parse(count, CultureInfo.InvariantCulture), print: Print)
            : Parallel.ForEachAsync(Enumerable.Range(1, FixedHistories), async (n, _) =>
                await histories.SampleAsync(PlayOneAsync, seed: SeedOf(n), iter: 1, threads: 1, print: Print));

        async Task PlayOneAsync(Step[] steps)
        {
            var simulator = simulated();
            await simulator.PlayAsync(steps);
            await settleAsync(simulator);
            simulator.Violations.ShouldBeEmpty();
        }

        // Far from each other, so that neighbours share nothing.
        static string SeedOf(int n) => new PCG(1, (ulong)n * 0x9E37_79B9_7F4A_7C15).ToString();

        static string Print(Step[] steps) => string.Join(", ", steps.AsEnumerable());
    }
}
