using PushPruner.Jobs;

namespace PushPruner.Lambda.Requests;

/// <summary>How often the state machine runs one repository. Its definition in the template decides; tests compare the two.</summary>
public static class RepeatedRuns
{
    public const int Most = 20;

    /// <summary>Whether the repository is not done and yet is not run again: after 20 runs, or after one without progress.</summary>
    /// <param name="result">The answer of the run.</param>
    /// <param name="run">Its number, from 1.</param>
    public static bool AreGivenUp(ReconcileResult result, int run)
    {
        var isProgress = result.RowsWritten > 0 || (result.DeletedCount > 0 && !result.DryRun);
        return !result.Done && result.Outcome != Outcome.Halted && !(isProgress && run < Most);
    }
}
