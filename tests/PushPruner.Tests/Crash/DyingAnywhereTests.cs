using PushPruner.LocalAws;
using PushPruner.Ports;
using PushPruner.Tests.Given;
using PushPruner.Tests.Simulation;

namespace PushPruner.Tests.Crash;

/// <summary>
/// A run dies at its k-th call to the registry or the index, before or after the call took effect, for every k; from then on nothing of it
/// gets through. Asked for again, as Lambda does, it ends as if it had never died.
/// </summary>
public class DyingAnywhereTests
{
    public static TheoryData<string, bool> Stories { get; } = new(
        from story in Story.All.Keys
        from hasEffect in (bool[])[false, true]
        select (story, hasEffect));

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Dying_and_running_again_ends_the_same_and_breaks_no_promise_on_the_way(string name, bool hasEffect)
    {
        var whole = await Story.All[name]();
        var everThere = whole.World.Ecr.Images(PushScenario.App).Select(i => Digest.Parse(i.Digest)).ToList();
        foreach (var run in whole.Runs)
            await run.StartAsync();
        var images = whole.Images();
        var expected = await whole.EndAsync(everThere);

        var deaths = 0;
        for (var dying = 0; dying < whole.Runs.Count; dying++)
        {
            for (var (k, isOver) = (0, false); !isOver; k++)
            {
                var story = await Story.All[name]();
                isOver = !await DiesAsync(story, dying, k, hasEffect);
                deaths += isOver ? 0 : 1;

                story.Images().ShouldBe(images, $"run {dying} died at call {k}");
                var end = await story.EndAsync(everThere);
                expected
                    .Except(end)
                    .Select(line => $"missing: {line}")
                    .Concat(end.Except(expected).Select(line => $"instead: {line}"))
                    .ShouldBeEmpty($"run {dying} died at call {k}");
            }
        }

        deaths.ShouldBeGreaterThan(5 * whole.Runs.Count);
    }

    // False when the run ended before its k-th call.
    static async Task<bool> DiesAsync(Story story, int dying, int k, bool hasEffect)
    {
        var checker = new InvariantChecker(story.World.Ecr, story.Kinship, story.World.Settings, tag => tag == "latest");
        var hasDied = false;
        for (var n = 0; n < story.Runs.Count; n++)
        {
            if (n == dying)
            {
                checker.Begin(story.Runs[n].Handled, story.World.Clock.GetUtcNow());
                hasDied = await DiesAsync(story.World, story.Runs[n], k, hasEffect);
                checker.Compare(story.World.Clock.GetUtcNow());
            }

            checker.Begin(story.Runs[n].Handled, story.World.Clock.GetUtcNow());
            await story.Runs[n].StartAsync();
            checker.Compare(story.World.Clock.GetUtcNow());
        }

        checker.Violations.ShouldBeEmpty($"run {dying} died at call {k}");
        return hasDied;
    }

    static async Task<bool> DiesAsync(PushScenario scenario, Run run, int k, bool hasEffect)
    {
        var calls = 0;
        scenario.Index.Before = _ =>
        {
            if (calls > k || (calls == k && !hasEffect))
                throw new ConnectionLostException();
            calls++;
        };
        scenario.Index.After = _ =>
        {
            if (calls > k)
                throw new ConnectionLostException();
        };
        scenario.Ecr.Faults.OnCall(_ =>
        {
            if (calls > k || (calls == k && !hasEffect))
                return Fault.LostConnection;
            return calls++ == k ? Fault.LostConnection.AfterEffect() : null;
        });
        var began = scenario.Clock.GetUtcNow();
        try
        {
            await run.StartAsync();
            return false;
        }
        catch (Exception e) when (e is ConnectionLostException or DeleteUnansweredException)
        {
            // It died at once, and waited for nothing.
            scenario.Clock.SetUtcNow(began);
            return true;
        }
        finally
        {
            (scenario.Index.Before, scenario.Index.After) = (null, null);
            scenario.Ecr.Faults.Clear();
        }
    }
}
