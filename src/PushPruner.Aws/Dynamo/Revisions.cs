namespace PushPruner.Aws.Dynamo;

/// <summary>
/// Gives out revisions: ticks of the clock, so that one doesn't come back when a row is removed and made anew; always above the one
/// written over and the last given out, so that a clock that stands still or goes back does no harm.
/// </summary>
sealed class Revisions(TimeProvider clock)
{
    long last;

    public long After(long old)
    {
        while (true)
        {
            var given = Volatile.Read(ref last);
            var next = Math.Max(Math.Max(old, given) + 1, clock.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref last, next, given) == given)
                return next;
        }
    }
}
