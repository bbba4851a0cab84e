namespace PushPruner.Deleting;

/// <summary>Puts what goes in the order in which ECR lets it go: owners first, and each after its last owner.</summary>
static class DeleteOrder
{
    /// <param name="roots">The images of this batch.</param>
    /// <param name="confirmed">What may go.</param>
    public static IReadOnlyList<IReadOnlyList<ConfirmedDelete>> Of(IEnumerable<Digest> roots, IReadOnlyList<ConfirmedDelete> confirmed)
    {
        var byDigest = confirmed.ToDictionary(d => d.Digest);
        var passes = new List<IReadOnlyList<ConfirmedDelete>>();
        var done = new HashSet<Digest>();
        List<ConfirmedDelete> pass = [.. roots.Where(byDigest.ContainsKey).Select(r => byDigest[r])];
        while (pass.Count > 0)
        {
            passes.Add(pass);
            done.UnionWith(pass.Select(d => d.Digest));
            // An owner of another batch isn't done yet: what is shared with it goes with it.
            pass = [.. confirmed.Where(d => !d.IsCounted && !done.Contains(d.Digest) && d.Owners.Count > 0 && d.Owners.All(done.Contains))];
        }

        return passes;
    }
}
