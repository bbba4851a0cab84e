namespace PushPruner.Cli.Simulate;

/// <summary>When a repository is pruned: at each push to it, and by the weekly reconcile.</summary>
sealed class PruneTimes
{
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    // The template's schedule if it is not given another.
    static readonly DateTimeOffset SomeReconcile = new(2026, 1, 2, 22, 0, 0, TimeSpan.Zero);

    readonly List<DateTimeOffset> pushes;

    public PruneTimes(IEnumerable<DateTimeOffset> pushes) => this.pushes = [.. pushes.Distinct().Order()];

    /// <summary>The first at or after an instant.</summary>
    public DateTimeOffset Next(DateTimeOffset from)
    {
        var weeks = Math.Ceiling((from - SomeReconcile) / Week);
        var reconcile = SomeReconcile + (weeks * Week);
        var push = pushes.BinarySearch(from);
        push = push < 0 ? ~push : push;
        return push < pushes.Count && pushes[push] < reconcile ? pushes[push] : reconcile;
    }
}
