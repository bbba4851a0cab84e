using PushPruner.LocalAws;
using PushPruner.Ports;
using PushPruner.Recording;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

// How the jobs handle events and reconcile, alone, at the same time as others, or until they die.
sealed partial class Simulator
{
    async Task DeliverAsync(int index)
    {
        var evt = onTheirWay[index];
        onTheirWay.RemoveAt(index);
        await HandleAsync(evt);
    }

    // The event is delivered again later.
    Task CrashAsync(Step step)
    {
        var evt = onTheirWay[step.Pick % onTheirWay.Count];
        return DieAtAsync(step.Pick % 13, () => HandleAsync(evt));
    }

    // The run dies at the n-th call, before it takes effect.
    async Task DieAtAsync(int call, Func<Task> runAsync)
    {
        var left = call;
        scenario.Index.Before = _ => Die(ref left);
        scenario.Ecr.Faults.OnCall(_ => left-- == 0 ? Fault.LostConnection : null);
        await RunAndDieAsync(runAsync);
        scenario.Index.Before = null;
        scenario.Ecr.Faults.Clear();

        static void Die(ref int left)
        {
            if (left-- == 0)
                throw new ConnectionLostException();
        }
    }

    async Task ThrottleAsync(Step step)
    {
        string[] operations = ["DescribeImages", "ListTagsForResource", "BatchDeleteImage"];
        var operation = operations[step.Pick % operations.Length];
        if (step.Pick % 2 == 0)
            scenario.Ecr.Faults.Next(operation, step.Pick % 4 == 0 ? Fault.Throttling : Fault.ServerError);
        else
            scenario.Ecr.Faults.LoseAnswerOfNext(operation);
        await RunAndDieAsync(() => HandleAsync(onTheirWay[step.Pick % onTheirWay.Count]));
        scenario.Ecr.Faults.Clear();
    }

    static async Task RunAndDieAsync(Func<Task> runAsync)
    {
        try
        {
            await runAsync();
        }
        catch (Exception e)
            when (e
                    is ConnectionLostException
                        or EcrError
                        or DeleteUnansweredException
                        or NotVisibleYetException
                        or ContradictoryAnswerException)
        {
            // Lambda would deliver the event again: it is still on its way.
        }
    }

    async Task HandleAsync(RegistryEvent evt)
    {
        eventsReceived.Touch(evt.Digest, scenario.Clock.GetUtcNow());
        await UntilVisibleAsync(() => WatchedAsync(evt.Digest, () => scenario.HandleAsync(broken.Event(evt))));
        eventsReceived.Touch(evt.Digest, scenario.Clock.GetUtcNow());
        eventsReceived.Tell(evt.Digest);
    }

    Task ReconcileAsync() => UntilVisibleAsync(() => WatchedAsync(handled: null, () => scenario.ReconcileAsync()));

    // What was deleted right after its push, or is shown late, is tried again a minute later.
    async Task UntilVisibleAsync(Func<Task> runAsync)
    {
        while (true)
        {
            try
            {
                await runAsync();
                return;
            }
            catch (Exception e) when (e is NotVisibleYetException or ContradictoryAnswerException)
            {
                scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
    }

    async Task TogetherAsync(int pick)
    {
        var gate = new StepGate(pick);
        var events = onTheirWay.Take(1 + (pick % 3)).ToList();
        onTheirWay.RemoveRange(0, events.Count);
        var again = new List<RegistryEvent>();
        var gated = events.Select(evt => (Func<Task>)(async () =>
        {
            try
            {
                await runs.HandleAsync(evt, gate);
            }
            catch (Exception e) when (e is NotVisibleYetException or ContradictoryAnswerException)
            {
                again.Add(evt);
            }
        }));
        if (pick % 4 == 0)
            gated = gated.Append(() => runs.ReconcileAsync(gate));
        await gate.PlayAsync(gated, _ => Push($"v{++tags}"));
        onTheirWay.AddRange(again);
        foreach (var evt in events)
            eventsReceived.Touch(evt.Digest, scenario.Clock.GetUtcNow());
    }

    async Task ReconcileAmidAsync(Step step, Func<RegistryCall, bool> mayBeBefore, Action act)
    {
        var left = step.Pick % 6;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (mayBeBefore(call) && left-- == 0)
            {
                scenario.Ecr.Faults.Clear();
                MeanwhileInRun(act);
            }

            return null;
        });
        await ReconcileAsync();
        scenario.Ecr.Faults.Clear();
    }

    // Between the last confirmation and the delete a window of milliseconds remains for what is deleted by digest.
    bool IsDeletedByPairs(string digest) =>
        pairDelete == PairDelete.TagOnly && scenario.Ecr.Images(PushScenario.App).Any(i => i.Digest == digest && i.IsTagged);

    async Task WatchedAsync(string? handled, Func<Task> runAsync)
    {
        checker.Begin(handled, scenario.Clock.GetUtcNow());
        try
        {
            await runAsync();
        }
        finally
        {
            checker.Compare(scenario.Clock.GetUtcNow());
        }
    }
}
