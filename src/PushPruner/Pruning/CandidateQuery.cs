using PushPruner.Jobs;

namespace PushPruner.Pruning;

/// <summary>Asks the index which images may be expired.</summary>
static class CandidateQuery
{
    /// <summary>One query per stream if nothing is due, two if something is.</summary>
    /// <param name="streams">Those to prune.</param>
    public static async Task<Candidates> RunAsync(
        RunContext run, RetentionPolicy policy, IReadOnlyCollection<string> streams, CancellationToken cancellationToken)
    {
        // One more than may be deleted shows that it is too many. What the event spares counts as well, or it would get around a halt.
        var most = run.Settings.MaxDeletes + 1;
        var window = new Dictionary<Digest, WindowPlace>();
        var candidates = new List<DeleteCandidate>();
        foreach (var stream in streams)
        {
            // Of the due images, N may be among the newest.
            var due = await run.Index.DueAsync(
                run.Repository, stream, run.Now - policy.KeepFor, policy.KeepNewest + most, cancellationToken);
            if (due.Count == 0)
                continue;

            var newest = await run.Index.NewestAsync(run.Repository, stream, policy.KeepNewest, cancellationToken);
            if (newest.Count < policy.KeepNewest)
                continue;

            foreach (var place in newest)
                window.TryAdd(place.Digest, new WindowPlace(stream, place.PushedAt));
            candidates.AddRange(
                due.Select(d => new DeleteCandidate(d.Digest) { Stream = stream }).Where(c => !window.ContainsKey(c.Digest)));
        }

        return new Candidates(window, [.. candidates.Take(most)], IsCut: candidates.Count >= most);
    }
}
