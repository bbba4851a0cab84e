namespace PushPruner.Aws.Dynamo;

/// <summary>
/// Makes revisions. They are ticks of the clock, so that a row that is removed and created again gets a new one. Each is larger than the
/// replaced one and the last one made, so that a clock that does not move or is set back does no harm.
/// </summary>
sealed class Revisions(TimeProvider clock)
{
    long last;

    public long After(long old)
    {
        while (true)
        {
            var latest = Volatile.Read(ref last);
            var next = Math.Max(Math.Max(old, latest) + 1, clock.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref last, next, latest) == latest)
                return next;
        }
    }
}
