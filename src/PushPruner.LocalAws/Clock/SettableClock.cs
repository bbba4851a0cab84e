namespace PushPruner.LocalAws;

/// <summary>
/// A clock that moves only when a caller moves it, so that a month of pushes takes no time. Its timers fire, in the order
/// they are due, on the thread that moves it.
/// </summary>
public sealed class SettableClock(DateTimeOffset start) : TimeProvider
{
    readonly Lock gate = new();
    readonly List<SettableTimer> timers = [];
    DateTimeOffset now = start;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock to <paramref name="instant"/>. Going back in time is allowed and fires nothing.</summary>
    public void SetUtcNow(DateTimeOffset instant)
    {
        while (TakeDue(instant) is { } due)
            due.Fire();
    }

    public void Advance(TimeSpan by) => SetUtcNow(GetUtcNow() + by);

    /// <summary>Moves to the instant the next timer is due, if there is one.</summary>
    /// <returns>Whether there was a timer.</returns>
    public bool AdvanceToNextTimer()
    {
        DateTimeOffset? next;
        lock (gate)
            next = timers.Min(timer => timer.DueAt);
        if (next is { } instant)
            SetUtcNow(instant);
        return next is not null;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SettableTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Schedule(SettableTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period : null;
            timer.DueAt = dueTime < TimeSpan.Zero ? null : now + dueTime;
            if (timer.DueAt is not null)
                timers.Add(timer);
        }

        // A timer that is due at once fires at once, as the system's do.
        if (dueTime == TimeSpan.Zero)
            SetUtcNow(GetUtcNow());
    }

    SettableTimer? TakeDue(DateTimeOffset instant)
    {
        lock (gate)
        {
            var due = timers.Where(timer => timer.DueAt <= instant).MinBy(timer => timer.DueAt);
            if (due is null)
            {
                now = instant;
                return null;
            }

            if (due.DueAt > now)
                now = due.DueAt.Value;
            timers.Remove(due);
            due.DueAt += due.Period;
            if (due.DueAt is not null)
                timers.Add(due);
            return due;
        }
    }
}
