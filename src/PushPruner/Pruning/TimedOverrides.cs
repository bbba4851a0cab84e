using PushPruner.Jobs;

namespace PushPruner.Pruning;

/// <summary>The repository's overrides as ECR gave them at an instant.</summary>
/// <param name="ReadAt">When ECR was asked.</param>
sealed record TimedOverrides(RepositoryOverrides Value, DateTimeOffset ReadAt)
{
    // A confirmation follows, and then the delete: for that much of the two seconds they need not be read again.
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>True while a confirmation that begins now can still rely on it.</summary>
    public bool IsFresh(DateTimeOffset now) => now >= ReadAt && now - ReadAt <= Freshness;

    public static async Task<TimedOverrides> ReadAsync(RunContext run, CancellationToken cancellationToken)
    {
        var at = run.Now;
        var tags = await run.Registry.ReadResourceTagsAsync(run.Repository, cancellationToken);
        var overrides = RepositoryOverrides.Parse(tags);
        run.Invocation.Counters.NoteOverrides(overrides);
        return new(overrides, at);
    }
}
