namespace PushPruner.Tests.Simulation;

/// <summary>
/// Lets one call at a time through, chosen by a seed: several runs side by side, on one thread, in an order that comes again with the seed.
/// </summary>
sealed class StepGate(int seed)
{
    readonly Random random = new(seed);
    readonly List<TaskCompletionSource> waiting = [];

    /// <summary>Waits until it is this call's turn.</summary>
    public Task TurnAsync()
    {
        // Without asynchronous continuations: what is let through goes on at once, to its next call.
        var turn = new TaskCompletionSource();
        waiting.Add(turn);
        return turn.Task;
    }

    /// <summary>Starts these runs and lets their calls through until all have ended.</summary>
    /// <param name="between">Done between two calls now and then; gets a number to choose by.</param>
    public async Task PlayAsync(IEnumerable<Func<Task>> runs, Action<int> between)
    {
        var all = runs.Select(run => run()).ToList();
        while (waiting.Count > 0)
        {
            if (random.Next(6) == 0)
                between(random.Next());

            var next = random.Next(waiting.Count);
            var turn = waiting[next];
            waiting.RemoveAt(next);
            turn.SetResult();
        }

        await Task.WhenAll(all);
    }
}
