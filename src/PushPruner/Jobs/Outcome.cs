namespace PushPruner.Jobs;

/// <summary>How a run ended: the values of <c>outcome</c> in its result.</summary>
public static class Outcome
{
    public const string NothingExpired = "nothing-expired";
    public const string Pruned = "pruned";
    public const string DryRun = "dry-run";

    /// <summary>
    /// More would be deleted than <c>MAX_DELETES</c> allows, so nothing went of what a look found. A push that prunes for others may have
    /// deleted before it.
    /// </summary>
    public const string Halted = "halted";

    /// <summary>The repository is too large to list in the function's time: run the reconcile.</summary>
    public const string Deferred = "deferred";

    /// <summary>Not ours, excluded, disabled, or overrides that can't be understood; <c>why</c> says.</summary>
    public const string Ignored = "ignored";

    /// <summary>The image or the repository is no longer there.</summary>
    public const string Gone = "gone";
}
