namespace PushPruner.LocalAws;

/// <summary>Decides for each call, before it takes effect, what fails in it.</summary>
public sealed class FaultPlan
{
    readonly Lock gate = new();
    readonly Dictionary<string, Queue<Fault>> planned = new(StringComparer.Ordinal);
    Func<RegistryCall, Fault?>? decide;

    /// <summary>
    /// Asked for each call for which nothing else is planned. It may move a clock. Null, or an answer of null: nothing fails.
    /// </summary>
    public void OnCall(Func<RegistryCall, Fault?>? callback)
    {
        lock (gate)
            decide = callback;
    }

    /// <summary>The next calls of an operation go wrong in this way.</summary>
    public void Next(string operation, Fault fault, int times = 1)
    {
        lock (gate)
        {
            if (!planned.TryGetValue(operation, out var queue))
                planned.Add(operation, queue = new());
            for (var i = 0; i < times; i++)
                queue.Enqueue(fault);
        }
    }

    public void ThrottleNext(string operation, int times = 1) => Next(operation, Fault.Throttling, times);

    public void FailNext(string operation, int times = 1) => Next(operation, Fault.ServerError, times);

    public void DenyNext(string operation, int times = 1) => Next(operation, Fault.AccessDenied, times);

    /// <summary>The call takes effect but its answer is lost.</summary>
    public void LoseAnswerOfNext(string operation, int times = 1) => Next(operation, Fault.LostConnection.AfterEffect(), times);

    /// <summary>The next reads of this kind don't show what was pushed or tagged within the last so much time.</summary>
    public void LagNext(string operation, TimeSpan by, int times = 1) => Next(operation, Fault.Lag(by), times);

    /// <summary>The next calls of this kind don't find their repository, which is there all the same.</summary>
    public void MissRepositoryOfNext(string operation, int times = 1) => Next(operation, Fault.StrayRepositoryNotFound, times);

    public void Clear()
    {
        lock (gate)
        {
            planned.Clear();
            decide = null;
        }
    }

    internal Fault? Decide(RegistryCall call)
    {
        Func<RegistryCall, Fault?>? ask;
        lock (gate)
        {
            if (planned.TryGetValue(call.Operation, out var queue) && queue.TryDequeue(out var fault))
                return fault;
            ask = decide;
        }

        return ask?.Invoke(call);
    }
}
