using PushPruner.Jobs;
using PushPruner.Recording;

namespace PushPruner.Pruning;

/// <summary>
/// Asks for all that a confirmation needs. First the index for the rows of the candidates and of what belongs to them; then ECR for these,
/// for the owners they share, and for the N newest of each stream.
/// </summary>
static class ConfirmationQuery
{
    public static async Task<ConfirmationAnswer> AskAsync(
        RunContext run, Candidates candidates, ImagePush? push, CancellationToken cancellationToken)
    {
        // From the first question on: that something is gone is an answer as well.
        var askedAt = run.Now;
        // Rows are read before ECR is asked: a correction is written only over the row that was read, so it never overwrites a newer one.
        var groups = await CandidateGroups.ReadAsync(run, candidates.Images.Select(c => c.Digest).ToHashSet(), cancellationToken);
        var window = candidates.Window.Where(w => !groups.CandidatesAndFollowers.Contains(w.Key)).ToDictionary();
        var gone = (await FindGoneAsync(run, candidates.OwnersThatMustBeGone, cancellationToken)).ToHashSet();
        var others = groups.CandidatesAndFollowers.Union(groups.OtherOwners).Except(window.Keys);
        var description = await DescribeAsync(run, [.. window.Keys], others, cancellationToken);

        gone.UnionWith(groups.Gone);
        gone.UnionWith(description.Gone);
        Manifest[] ours = [.. description.Found.Where(m => groups.CandidatesAndFollowers.Contains(m.Digest))];
        var unseen = await TagLag.FindAsync(run, ours, groups.Rows, push?.Tag, cancellationToken);
        return new ConfirmationAnswer(groups, window, description, unseen, gone, askedAt, run.Now) { Spared = push?.Digest };
    }

    // The newer ones first if it takes more than one call, so that the answer on what is to be deleted is the freshest.
    static async Task<Description> DescribeAsync(
        RunContext run, IReadOnlyList<Digest> newer, IEnumerable<Digest> others, CancellationToken cancellationToken)
    {
        var alone = newer.Count / IRegistry.MaxIds * IRegistry.MaxIds;
        var first = alone == 0 ? null : await run.Registry.DescribeAsync(run.Repository, [.. newer.Take(alone)], cancellationToken);
        HashSet<Digest> rest = [.. newer.Skip(alone), .. others];
        var last = await run.Registry.DescribeAsync(run.Repository, rest, cancellationToken);
        return first is null
            ? last
            : new Description([.. first.Found, .. last.Found], [.. first.Gone, .. last.Gone], first.IsComplete && last.IsComplete);
    }

    static async Task<IEnumerable<Digest>> FindGoneAsync(
        RunContext run, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) =>
        digests.Count == 0 ? [] : await run.Registry.FindGoneAsync(run.Repository, digests, cancellationToken);
}
