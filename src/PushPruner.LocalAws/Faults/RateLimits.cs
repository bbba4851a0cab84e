namespace PushPruner.LocalAws;

/// <summary>
/// Throttles as AWS does, by a token bucket for each operation: so many calls a second, and so many at once after a pause. ECR publishes no
/// rates for the operations that matter here, so they are the caller's guess. For <see cref="FaultPlan.OnCall"/>.
/// </summary>
public sealed class RateLimits
{
    readonly Lock gate = new();
    readonly Dictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>How many calls have been throttled.</summary>
    public int Throttled
    {
        get
        {
            lock (gate)
                return field;
        }

        private set;
    }

    /// <summary>Limits an operation, for the whole registry as AWS does it; what has no limit passes.</summary>
    /// <param name="perSecond">How fast the bucket fills.</param>
    /// <param name="burst">How much it holds. It is full at first.</param>
    public RateLimits Limit(string operation, double perSecond, int burst)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        lock (gate)
            buckets[operation] = new Bucket(perSecond, burst);
        return this;
    }

    /// <summary>Null lets the call pass.</summary>
    public Fault? Decide(RegistryCall call)
    {
        lock (gate)
        {
            if (!buckets.TryGetValue(call.Operation, out var bucket) || bucket.TryTake(call.At))
                return null;

            Throttled++;
            return Fault.Throttling;
        }
    }

    sealed class Bucket(double perSecond, int burst)
    {
        double tokens = burst;
        DateTimeOffset? filledAt;

        public bool TryTake(DateTimeOffset now)
        {
            // A clock may be set back: that fills nothing, and takes nothing away.
            var passed = now > filledAt ? (now - filledAt.Value).TotalSeconds : 0;
            tokens = Math.Min(burst, tokens + (passed * perSecond));
            filledAt = now;
            if (tokens < 1)
                return false;

            tokens--;
            return true;
        }
    }
}
