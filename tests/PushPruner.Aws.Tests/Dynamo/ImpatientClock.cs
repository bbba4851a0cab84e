namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>A clock that notes how long it is asked to wait, and doesn't.</summary>
sealed class ImpatientClock : TimeProvider
{
    readonly List<TimeSpan> waits = [];

    public TimeSpan[] Waits => [.. waits];

    public override DateTimeOffset GetUtcNow() => Sample.Start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
