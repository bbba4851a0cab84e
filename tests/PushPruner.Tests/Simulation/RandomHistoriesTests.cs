using System.Globalization;
using CsCheck;
using PushPruner.LocalAws;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// Pushes, retags, days, duplicates, losses, crashes at any call, lost answers, people who delete, a lost index: in any order. CsCheck prints
/// the seed of a history that fails, and shrinks it; <c>CsCheck_Seed</c> replays it, <c>PUSHPRUNER_HISTORIES</c> runs more.
/// </summary>
public class RandomHistoriesTests
{
    static readonly long Histories = long.Parse(Environment.GetEnvironmentVariable("PUSHPRUNER_HISTORIES") ?? "1500", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public async Task Nothing_is_ever_deleted_that_the_rule_keeps(PairDelete pairDelete) =>
        await Step.WithLoss.SampleAsync(async steps =>
        {
            var simulator = new Simulator(pairDelete);
            await simulator.PlayAsync(steps);
            simulator.Violations.ShouldBeEmpty();
        }, iter: Histories, print: steps => string.Join(", ", steps.AsEnumerable()));

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public async Task Whatever_the_order_of_events_and_wherever_runs_die_only_what_the_rule_keeps_is_left(PairDelete pairDelete) =>
        await Step.WithoutLoss.SampleAsync(async steps =>
        {
            var simulator = new Simulator(pairDelete);
            await simulator.PlayAsync(steps);
            await simulator.SettleAsync(isIndexLost: false);
            simulator.Violations.ShouldBeEmpty();
        }, iter: Histories, print: steps => string.Join(", ", steps.AsEnumerable()));

    [Fact]
    public async Task After_any_history_an_index_made_anew_leaves_only_what_the_rule_keeps() =>
        await Step.WithLoss.SampleAsync(async steps =>
        {
            var simulator = new Simulator(PairDelete.TagOnly);
            await simulator.PlayAsync(steps);
            await simulator.SettleAsync(isIndexLost: true);
            simulator.Violations.ShouldBeEmpty();
        }, iter: Histories, print: steps => string.Join(", ", steps.AsEnumerable()));

    [Theory]
    [InlineData(PairDelete.TagOnly)]
    [InlineData(PairDelete.WholeImage)]
    public async Task After_any_history_a_reconcile_leaves_only_what_the_rule_keeps_and_an_index_that_equals_ECR(PairDelete pairDelete) =>
        await Step.WithLoss.SampleAsync(async steps =>
        {
            var simulator = new Simulator(pairDelete);
            await simulator.PlayAsync(steps);
            await simulator.SettleByReconcileAsync();
            simulator.Violations.ShouldBeEmpty();
        }, iter: Histories, print: steps => string.Join(", ", steps.AsEnumerable()));
}
