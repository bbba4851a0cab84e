using System.Runtime.ExceptionServices;
using PushPruner.Jobs;
using PushPruner.Pruning;

namespace PushPruner.Deleting;

/// <summary>
/// Sends the deletes of one batch, each on a confirmation that is fresh at that moment. One whose answer got lost is not repeated: ECR is
/// asked first what is still there and still expired, because CI may have pushed the same image again.
/// </summary>
/// <param name="confirmed">The confirmation that is used as long as it is fresh.</param>
sealed class DeleteCalls(RunContext run, FreshConfirmations fresh, Confirmation confirmed)
{
    // The SDK's own number of tries, by default.
    const int Tries = 4;
    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    Confirmation? last = confirmed;

    /// <summary>
    /// What a call failed with after others had succeeded; null when none did. It is thrown once the others are recorded.
    /// </summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <returns>
    /// ECR's answers. What isn't among them was not asked for: it is no longer expired, or too little is known for certain.
    /// </returns>
    /// <exception cref="DeleteUnansweredException">The first call was throttled or lost its answer each time; a retry helps.</exception>
    public async Task<IReadOnlyList<DeleteOutcome>> SendAsync(IReadOnlyList<ConfirmedDelete> deletes, CancellationToken cancellationToken)
    {
        var outcomes = new List<DeleteOutcome>();
        try
        {
            await SendAsync(deletes, outcomes, cancellationToken);
        }
        catch (Exception e) when (outcomes.Count > 0)
        {
            Failure = ExceptionDispatchInfo.Capture(e);
        }

        return outcomes;
    }

    async Task SendAsync(IReadOnlyList<ConfirmedDelete> deletes, List<DeleteOutcome> outcomes, CancellationToken cancellationToken)
    {
        var waiting = new List<ConfirmedDelete>(deletes);
        var unanswered = 0;
        while (waiting.Count > 0 && await NextCallAsync(waiting, cancellationToken) is { } call)
        {
            try
            {
                outcomes.AddRange(await SendOneAsync(call, cancellationToken));
                waiting.RemoveAll(d => call.Exists(c => c.Digest == d.Digest));
            }
            catch (DeleteUnansweredException) when (++unanswered < Tries)
            {
                await Task.Delay(FirstWait * Math.Pow(2, unanswered - 1), run.Clock, cancellationToken);
                last = await fresh.KeepOrRenewAsync(null, cancellationToken);
                // Deleted by the call that got no answer, or by another run: either way it is gone, and was to be.
                var gone = call.FindAll(d => last?.Gone.Contains(d.Digest) == true);
                outcomes.AddRange(gone.Select(d => new DeleteOutcome(d, []) { IsKnownGone = true }));
                waiting.RemoveAll(d => gone.Exists(g => g.Digest == d.Digest));
            }
        }
    }

    // As the last confirmation knows them: as many as one call has room for.
    async Task<List<ConfirmedDelete>?> NextCallAsync(List<ConfirmedDelete> waiting, CancellationToken cancellationToken)
    {
        last = await fresh.KeepOrRenewAsync(last, cancellationToken);
        if (last is null)
            return null;

        var confirmedNow = last.Expired.ToDictionary(d => d.Digest);
        waiting.RemoveAll(d => !confirmedNow.ContainsKey(d.Digest));
        return DeleteIds.InCalls(waiting.Select(d => confirmedNow[d.Digest]), d => DeleteIds.Of(d.Manifest).Count).FirstOrDefault();
    }

    async Task<IReadOnlyList<DeleteOutcome>> SendOneAsync(List<ConfirmedDelete> call, CancellationToken cancellationToken)
    {
        var answers = new List<DeleteAnswer>();
        foreach (var ids in call.SelectMany(d => DeleteIds.Of(d.Manifest)).Chunk(IRegistry.MaxIds))
        {
            // Only an image with more than a hundred tags takes more than one: it must be as it was for each.
            if (answers.Count > 0 && !await IsStillAsync(call[0], cancellationToken))
                break;

            try
            {
                answers.AddRange(await run.Registry.DeleteAsync(run.Repository, ids, cancellationToken));
            }
            catch (DeleteUnansweredException) when (answers.Count > 0)
            {
                // It lost the tags of the calls before, which are reported. The next run deletes the rest.
                break;
            }
        }

        var byDigest = answers.ToLookup(a => a.Id.Digest);
        return [.. call.Select(d => new DeleteOutcome(d, [.. byDigest[d.Digest]]))];
    }

    async Task<bool> IsStillAsync(ConfirmedDelete image, CancellationToken cancellationToken)
    {
        last = await fresh.KeepOrRenewAsync(last, cancellationToken);
        return last?.Expired.Any(d => d.Digest == image.Digest) == true;
    }
}
