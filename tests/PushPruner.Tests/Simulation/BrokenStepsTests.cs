using CsCheck;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// Each safety step is needed: with it switched off, some random history deletes what may not go, and the witness says against which
/// promise. The histories are always the same, so what is found is found each time.
/// </summary>
public class BrokenStepsTests(ITestOutputHelper output)
{
    const int MostHistories = 4_000;

    public static TheoryData<string, string> Steps => new()
    {
        { nameof(BrokenSteps.NoConfirmation), "S2" },
        { nameof(BrokenSteps.NoProtectCheck), "S4" },
        { nameof(BrokenSteps.NoPairDelete), "S4" },
        { nameof(BrokenSteps.ReferrersFirst), "S3" },
        { nameof(BrokenSteps.NoProof), "S2" },
        { nameof(BrokenSteps.NoBreaker), "S8" },
        { nameof(BrokenSteps.NoOwnDigest), "S7" },
        { nameof(BrokenSteps.NoReading), "S2" },
        { nameof(BrokenSteps.NoKinds), "S2" },
        { nameof(BrokenSteps.NoSettling), "S2" },
        { nameof(BrokenSteps.ExemptBeforeCounting), "S8" },
        { nameof(BrokenSteps.RepeatedDeletes), "S1" },
        { nameof(BrokenSteps.LagBelieved), "S4" },
        { nameof(BrokenSteps.NoFreshness), "S4" },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Without_it_a_promise_is_broken(string step, string promise)
    {
        var broken = (BrokenStep)typeof(BrokenSteps).GetProperty(step)!.GetValue(null)!;
        var random = new PCG(1, 1);
        for (var history = 1; history <= MostHistories; history++)
        {
            var steps = broken.Histories.Generate(random, null, out _);
            if ((await ViolationsAsync(steps, broken, broken)).FirstOrDefault(v => v.StartsWith(promise, StringComparison.Ordinal))
                is not { } violation)
            {
                continue;
            }

            output.WriteLine($"{step}: history {history}: {violation}");
            (await ViolationsAsync(steps, broken, played: null)).ShouldBeEmpty("the same history with the step in its place");
            return;
        }

        Assert.Fail($"{step}: {MostHistories} histories, and {promise} was never broken");
    }

    static async Task<IReadOnlyList<string>> ViolationsAsync(IEnumerable<Step> steps, BrokenStep scene, BrokenStep? played)
    {
        var simulator = new Simulator(scene.PairDelete, scene.MaxDeletes, played, scene.KeepFor);
        await simulator.PlayAsync(steps);
        return simulator.Violations;
    }
}
