using PushPruner.LocalAws;

namespace PushPruner.Tests.Given;

/// <summary>A clock on which waiting takes no time: who waits moves it to when the wait is over.</summary>
sealed class PatientClock(SettableClock clock) : TimeProvider
{
    /// <summary>How often somebody waited.</summary>
    public int Waits { get; private set; }

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero)
        {
            Waits++;
            clock.Advance(dueTime);
        }

        return timer;
    }
}
