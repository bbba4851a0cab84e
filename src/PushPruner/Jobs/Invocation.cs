namespace PushPruner.Jobs;

/// <summary>The run that a job belongs to.</summary>
/// <param name="RequestId">Stands in the tombstones, so that a deletion leads back to its log.</param>
/// <param name="Deadline">When the run will be cut off.</param>
public sealed record Invocation(string RequestId, DateTimeOffset Deadline)
{
    /// <summary>What a job leaves itself to end cleanly.</summary>
    public static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    public bool IsShortOfTime(DateTimeOffset now) => now > Deadline - Reserve;
}
