namespace PushPruner.LocalAws;

sealed class SettableTimer(SettableClock clock, TimerCallback callback, object? state) : ITimer
{
    internal DateTimeOffset? DueAt { get; set; }

    internal TimeSpan? Period { get; set; }

    internal void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        clock.Schedule(this, dueTime, period);
        return true;
    }

    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
