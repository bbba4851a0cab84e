using Microsoft.Extensions.Logging;
using PushPruner.Listing;
using PushPruner.Pruning;
using PushPruner.Recording;

namespace PushPruner.Jobs;

/// <summary>
/// What happens on a push: the pushed manifest is recorded; what newly fell out of both windows is proposed by the index, confirmed by
/// ECR, and deleted.
/// </summary>
public sealed class PushJob(IRegistry registry, IManifestIndex index, Settings settings, TimeProvider clock, ILogger logger)
{
    // ECR may show what was pushed a moment ago only at the next call, or the one after.
    const int LookTries = 3;
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <exception cref="ContestedRowException">Other runs kept writing the same row; a retry helps.</exception>
    /// <exception cref="ContradictoryAnswerException">
    /// ECR answered that there is no such repository, and then that there is; a retry helps.
    /// </exception>
    /// <exception cref="NotVisibleYetException">ECR doesn't show yet what was pushed less than two minutes ago; a retry helps.</exception>
    public async Task<PruneResult> RunAsync(ImagePush push, Invocation invocation, CancellationToken cancellationToken)
    {
        var run = new RunContext(push.Repository, registry, index, settings, invocation, clock, logger);
        PruneResult result;
        try
        {
            result = await HandleAsync(run, push, cancellationToken);
        }
        catch (NoSuchRepositoryException e)
        {
            // One stray answer must not lose the event: what it names would be recorded by the next reconcile only.
            if (await registry.ExistsAsync(push.Repository, cancellationToken))
                throw new ContradictoryAnswerException(push.Repository, e);

            result = new PruneResult { Outcome = Outcome.Gone, Why = $"there is no repository {push.Repository}" };
        }

        return result with
        {
            Repository = push.Repository,
            Digest = push.Digest.Value,
            DryRun = settings.DryRun,
            PushToPruneMs = Math.Max(0, (long)(clock.GetUtcNow() - push.Time).TotalMilliseconds),
        };
    }

    static async Task<PruneResult> HandleAsync(RunContext run, ImagePush push, CancellationToken cancellationToken)
    {
        var view = await run.Index.ReadAsync(run.Repository, [push.Digest], push.Tag, cancellationToken);
        // What was forgotten with its repository leaves a state that says nothing.
        if (view.State is null or { ListedAt: null, DeferredAt: null })
            return await ListAndPruneAsync(run, push, view, cancellationToken);

        var policy = view.State.Overrides.ApplyTo(run.Settings.Policy);
        var recorder = new PushRecorder(run, policy);
        var pushed = await RecordAsync(run, recorder, push, view, cancellationToken);
        // While a list can't be read, untagged manifests may be its members: the next runs have to know that too.
        var state = recorder.Unreadable is { } unreadable
            ? await run.UpdateStateAsync(view.State, s => s with { Unreadable = s.Unreadable ?? unreadable }, cancellationToken)
            : view.State;
        if (Deferral.IsInForce(state, run.Now))
            return Deferral.Result(run);
        if (state.DeferredAt is not null)
            return await ListAndPruneAsync(run, push, view with { State = state }, cancellationToken);

        var prune = PruneRun.AfterPush(run, push, state, pushed);
        return Answer(await new PruneLease(run).RunAsync(prune, cancellationToken), pushed is not null);
    }

    // ECR's reads are eventually consistent: that it doesn't find what was just pushed is not believed.
    static async Task<KnownManifest?> RecordAsync(
        RunContext run, PushRecorder recorder, ImagePush push, IndexView view, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (await recorder.RecordAsync(push, view, cancellationToken) is { } pushed)
                return pushed;
            if (!TagLag.MayHide(push.Time, run.Now))
                return null;
            if (tries == LookTries)
                throw new NotVisibleYetException(run.Repository, push.Digest, "the image");

            await Task.Delay(BetweenLooks, run.Clock, cancellationToken);
            view = await run.Index.ReadAsync(run.Repository, [push.Digest], push.Tag, cancellationToken);
        }
    }

    // First contact: the repository is listed in full once, and planned from that.
    static async Task<PruneResult> ListAndPruneAsync(RunContext run, ImagePush push, IndexView view, CancellationToken cancellationToken)
    {
        run.Logger.Resyncing(
            run.Repository, view.State?.DeferredAt is null ? "the index has never seen it" : "the last listing did not end in time");
        if (await new Resync(run).RunAsync(view.State, push, cancellationToken) is not { } listing)
        {
            // What only this event reports is kept for the reconcile.
            await new PushRecorder(run, run.Settings.Policy).RecordAsync(push, view, cancellationToken);
            return await Deferral.MarkAsync(run, view.State, cancellationToken);
        }

        var isThere = listing.Manifests.ContainsKey(push.Digest);
        if (!listing.IsPushRecorded || !isThere)
        {
            var now = await run.Index.ReadAsync(run.Repository, [push.Digest], push.Tag, cancellationToken);
            var recorder = new PushRecorder(run, listing.State.Overrides.ApplyTo(run.Settings.Policy));
            isThere = await RecordAsync(run, recorder, push, now, cancellationToken) is not null;
        }

        var prune = PruneRun.AfterListing(run, push, listing);
        return Answer(await new PruneLease(run).RunAsync(prune, cancellationToken), isThere);
    }

    static PruneResult Answer(PruneResult result, bool isPushedThere) => isPushedThere || result.Outcome != Outcome.NothingExpired
        ? result
        : result with { Outcome = Outcome.Gone, Why = "the pushed image is no longer there" };
}
