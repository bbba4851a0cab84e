using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Jobs;

/// <summary>Where the index says to look. ECR decides.</summary>
/// <param name="Window">The N newest images, which should outrank the candidates.</param>
/// <param name="Candidates">Images past both windows, as far as the index knows.</param>
/// <param name="IsCut">True when there may be more candidates than one run may delete.</param>
sealed record Proposal(IReadOnlyList<RankedEntry> Window, IReadOnlyList<DueEntry> Candidates, bool IsCut)
{
    static readonly Proposal Nothing = new([], [], IsCut: false);

    public bool IsEmpty => Candidates.Count == 0;

    /// <summary>What candidates refer to that a listing didn't have: only when ECR says that it is gone may they go as well.</summary>
    public IReadOnlyCollection<Digest> LastOwners { get; init; } = [];

    /// <summary>Asks the index: one query where nothing is due, two where something is.</summary>
    /// <param name="spared">The digest that the event named: never deleted by that event.</param>
    public static async Task<Proposal> FromIndexAsync(Workbench bench, RetentionPolicy policy, Digest spared, CancellationToken cancellationToken)
    {
        // Of the due, N may stand in the window and one is spared; one more than may be deleted shows that it is too many.
        var most = bench.Settings.MaxDeletes + 1;
        var due = await bench.Index.DueAsync(bench.Repository, bench.Now - policy.KeepFor, policy.KeepNewest + most + 1, cancellationToken);
        if (due.All(d => d.Digest == spared))
            return Nothing;

        var window = await bench.Index.NewestAsync(bench.Repository, policy.KeepNewest, cancellationToken);
        if (window.Count < policy.KeepNewest)
            return Nothing;

        var newest = window.Select(w => w.Digest).ToHashSet();
        var candidates = due.Where(d => d.Digest != spared && !newest.Contains(d.Digest)).Take(most).ToList();
        return new Proposal(window, candidates, IsCut: candidates.Count == most);
    }
}
