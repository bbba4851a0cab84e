using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Pruning;

/// <summary>Where the index says to look. ECR decides.</summary>
/// <param name="Window">By digest, the N newest images of each stream, which should outrank the candidates of that stream.</param>
/// <param name="Images">Images past both windows, as far as the index knows.</param>
/// <param name="IsCut">True when there may be more candidates than one run may delete.</param>
sealed record Candidates(IReadOnlyDictionary<Digest, WindowPlace> Window, IReadOnlyList<DueEntry> Images, bool IsCut)
{
    public bool IsEmpty => Images.Count == 0;

    /// <summary>
    /// What candidates refer to that a listing didn't have: only when ECR says that it is gone may they be deleted as well.
    /// </summary>
    public IReadOnlyCollection<Digest> LastOwners { get; init; } = [];

    /// <summary>Asks the index: one query a stream where nothing is due, two where something is.</summary>
    /// <param name="streams">Those to prune.</param>
    public static async Task<Candidates> FromIndexAsync(
        RunContext run, RetentionPolicy policy, IReadOnlyCollection<string> streams, CancellationToken cancellationToken)
    {
        // One more than may be deleted shows that it is too many. What the event spares counts as well, or it would get around a halt.
        var most = run.Settings.MaxDeletes + 1;
        var window = new Dictionary<Digest, WindowPlace>();
        var candidates = new List<DueEntry>();
        foreach (var stream in streams)
        {
            // Of the due, N may be among the newest.
            var due = await run.Index.DueAsync(
                run.Repository, stream, run.Now - policy.KeepFor, policy.KeepNewest + most, cancellationToken);
            if (due.Count == 0)
                continue;

            var newest = await run.Index.NewestAsync(run.Repository, stream, policy.KeepNewest, cancellationToken);
            if (newest.Count < policy.KeepNewest)
                continue;

            foreach (var place in newest)
                window.TryAdd(place.Digest, new WindowPlace(stream, place.PushedAt));
            candidates.AddRange(due.Where(d => !window.ContainsKey(d.Digest)));
        }

        return new Candidates(window, [.. candidates.Take(most)], IsCut: candidates.Count >= most);
    }
}
