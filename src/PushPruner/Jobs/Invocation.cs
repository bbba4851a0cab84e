using PushPruner.Pruning;

namespace PushPruner.Jobs;

/// <summary>The run that a job belongs to.</summary>
/// <param name="RequestId">It is in the tombstones, so that a deletion leads back to its log.</param>
/// <param name="Deadline">When the run will be cut off.</param>
public sealed record Invocation(string RequestId, DateTimeOffset Deadline)
{
    /// <summary>What a job leaves itself to end cleanly.</summary>
    public static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    /// <summary>The EventBridge event being handled; null where there is none. It is in the tombstones too.</summary>
    public string? EventId { get; init; }

    /// <summary>The execution of the state machine that asked; null where none did. It is in the tombstones too.</summary>
    public string? Execution { get; init; }

    /// <summary>What the run counts of itself.</summary>
    public RunCounters Counters { get; init; } = new();

    /// <summary>Cancelled when a person wants the run to end: it ends as cleanly as when its time runs short.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The command by which a person approves what a halted run found.</summary>
    public Func<ApprovalTerms, string> Approval { get; init; } = a =>
        $"reconcile {a.Repository} with maxDeletes {a.Count}, asOf {ApprovedInstant.Text(a.AsOf)} and policy {a.PolicyHash}";

    public bool IsShortOfTime(DateTimeOffset now) => Stop.IsCancellationRequested || now > Deadline - Reserve;
}
