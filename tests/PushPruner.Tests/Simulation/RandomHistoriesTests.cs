using System.Globalization;
using CsCheck;
using PushPruner.LocalAws;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// Pushes of images, caches, charts and signatures, retags, days, duplicates, losses, crashes at any call, lost answers, reads that lag,
/// people who delete, a lost index: in any order. CsCheck prints
/// the seed of a history that fails, and shrinks it; <c>CsCheck_Seed</c> replays it, <c>PUSHPRUNER_HISTORIES</c> runs more.
/// </summary>
public class RandomHistoriesTests
{
    static readonly long Histories = long.Parse(
        Environment.GetEnvironmentVariable("PUSHPRUNER_HISTORIES") ?? "1000", CultureInfo.InvariantCulture);

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

    static Task PlayAsync(Gen<Step[]> histories, Func<Simulator> simulated, Func<Simulator, Task> settleAsync) => histories.SampleAsync(
        async steps =>
        {
            var simulator = simulated();
            await simulator.PlayAsync(steps);
            await settleAsync(simulator);
            simulator.Violations.ShouldBeEmpty();
        },
        iter: Histories,
        print: steps => string.Join(", ", steps.AsEnumerable()));
}
