namespace PushPruner.Aws.Dynamo;

/// <summary>How long to wait before DynamoDB is asked again for the rows that an answer left out.</summary>
static class Backoff
{
    public const int Tries = 8;

    static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    /// <param name="tries">How many answers in a row had no rows.</param>
    /// <param name="what">
    /// What is asked for. The jitter is computed from it, so different requests spread out, and a run can be replayed.
    /// </param>
    public static TimeSpan Delay(int tries, string what)
    {
        // FNV-1a: unlike string.GetHashCode the same in every process.
        var hash = 2_166_136_261u + (uint)tries;
        foreach (var c in what)
            hash = unchecked((hash ^ c) * 16_777_619u);

        var jitter = 0.5 + hash / (double)uint.MaxValue / 2;
        return First * Math.Pow(2, tries) * jitter;
    }
}
