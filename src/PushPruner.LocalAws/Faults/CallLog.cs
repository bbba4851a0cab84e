namespace PushPruner.LocalAws;

/// <summary>Every call since the last <see cref="Clear"/>, those that failed included.</summary>
public sealed class CallLog
{
    readonly Lock gate = new();
    readonly List<RegistryCall> calls = [];

    public IReadOnlyList<RegistryCall> All
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public int Count()
    {
        lock (gate)
            return calls.Count;
    }

    public int Count(string operation)
    {
        lock (gate)
            return calls.Count(call => string.Equals(call.Operation, operation, StringComparison.Ordinal));
    }

    /// <summary>"DescribeImages 2, PutImage 1": what failed assertions can show.</summary>
    public override string ToString() => string.Join(
        ", ",
        All.CountBy(call => call.Operation, StringComparer.Ordinal)
            .OrderBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => $"{count.Key} {count.Value}"));

    public void Clear()
    {
        lock (gate)
            calls.Clear();
    }

    internal void Add(RegistryCall call)
    {
        lock (gate)
            calls.Add(call);
    }
}
