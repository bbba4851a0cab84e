using CsCheck;
using PushPruner.LocalAws;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// Each safety step is needed: with it switched off, some random history deletes what may not go, and the witness says against which promise.
/// The histories are always the same, so what is found is found each time.
/// </summary>
public class BrokenStepsTests(ITestOutputHelper output)
{
    const int MostHistories = 4_000;
    const int MaxDeletes = 6;

    public static TheoryData<string, string> Steps => new()
    {
        { nameof(BrokenSteps.NoConfirmation), "S2" },
        { nameof(BrokenSteps.NoProtectCheck), "S4" },
        { nameof(BrokenSteps.NoPairDelete), "S4" },
        { nameof(BrokenSteps.ReferrersFirst), "S3" },
        { nameof(BrokenSteps.NoProof), "S2" },
        { nameof(BrokenSteps.NoBreaker), "S8" },
        { nameof(BrokenSteps.NoOwnDigest), "S7" },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Without_it_a_promise_is_broken(string step, string promise)
    {
        var broken = (BrokenStep)typeof(BrokenSteps).GetProperty(step)!.GetValue(null)!;
        var random = new PCG(1, 1);
        for (var history = 1; history <= MostHistories; history++)
        {
            var steps = Step.WithLoss.Generate(random, null, out _);
            if ((await ViolationsAsync(steps, broken)).FirstOrDefault(v => v.StartsWith(promise, StringComparison.Ordinal)) is not { } violation)
                continue;

            output.WriteLine($"{step}: history {history}: {violation}");
            (await ViolationsAsync(steps, broken: null)).ShouldBeEmpty("the same history with the step in its place");
            return;
        }

        Assert.Fail($"{step}: {MostHistories} histories, and {promise} was never broken");
    }

    static async Task<IReadOnlyList<string>> ViolationsAsync(IEnumerable<Step> steps, BrokenStep? broken)
    {
        var simulator = new Simulator(PairDelete.TagOnly, MaxDeletes, broken);
        await simulator.PlayAsync(steps);
        return simulator.Violations;
    }
}
