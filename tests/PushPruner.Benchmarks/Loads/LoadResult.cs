namespace PushPruner.Benchmarks.Loads;

/// <summary>What became of a load.</summary>
/// <param name="EcrCalls">Those that were throttled included.</param>
/// <param name="Retried">Attempts at events beyond the first of each.</param>
/// <param name="Failed">Events that failed for good.</param>
/// <param name="Halted">Runs that found more expired than <c>MAX_DELETES</c> allows.</param>
/// <param name="Environments">As many as ran at once, at most.</param>
/// <param name="Times">From each push to the end of its handling.</param>
/// <param name="LeftAtOnce">Expired images that were still there when all had been handled: a push doesn't delete what it names.</param>
/// <param name="Left">Expired images that were still there after one more push into each repository.</param>
/// <param name="Lost">Images that the rule keeps and that were gone.</param>
sealed record LoadResult(
    LoadPlan Plan,
    int Pushes,
    int EcrCalls,
    int Throttled,
    int TableCalls,
    int Retried,
    int Failed,
    int Halted,
    int Environments,
    IReadOnlyList<TimeSpan> Times,
    int LeftAtOnce,
    int Left,
    int Lost);
