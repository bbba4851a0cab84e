using PushPruner.Policies;

namespace PushPruner.Jobs;

/// <summary>The repository's overrides as ECR gave them at an instant.</summary>
sealed record OverridesReading(RepositoryOverrides Overrides, DateTimeOffset ReadAt)
{
    // A listing reads the overrides last; where a delete follows at once they need not be read twice.
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    public bool IsFresh(DateTimeOffset now) => now - ReadAt <= Freshness;

    public static async Task<OverridesReading> ReadAsync(Workbench bench, CancellationToken cancellationToken)
    {
        var tags = await bench.Registry.ReadResourceTagsAsync(bench.Repository, cancellationToken);
        var overrides = RepositoryOverrides.Parse(tags);
        bench.Invocation.Tally.NoteOverrides(overrides);
        return new(overrides, bench.Now);
    }
}
