using PushPruner.Pruning;

namespace PushPruner.Deleting;

/// <summary>
/// The order in which ECR accepts deletes: a manifest only after its last owner. Each pass is what can be deleted once the passes before it
/// are done.
/// </summary>
static class DeleteOrder
{
    /// <param name="batch">The images of this call.</param>
    /// <param name="confirmed">What may be deleted.</param>
    public static IReadOnlyList<IReadOnlyList<ConfirmedDelete>> Of(
        IReadOnlyList<DeleteCandidate> batch, IReadOnlyList<ConfirmedDelete> confirmed)
    {
        var byDigest = confirmed.ToDictionary(d => d.Digest);
        var passes = new List<IReadOnlyList<ConfirmedDelete>>();
        var done = new HashSet<Digest>();
        List<ConfirmedDelete> pass = [.. batch.Where(c => byDigest.ContainsKey(c.Digest)).Select(c => byDigest[c.Digest])];
        while (pass.Count > 0)
        {
            passes.Add(pass);
            done.UnionWith(pass.Select(d => d.Digest));
            // An owner in another batch is not done yet: what both own is deleted with that batch.
            pass = [.. confirmed.Where(d => !d.IsCounted && !done.Contains(d.Digest) && d.Owners.Count > 0 && d.Owners.All(done.Contains))];
        }

        return passes;
    }
}
