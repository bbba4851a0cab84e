using Microsoft.Extensions.Logging;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Jobs;

/// <summary>
/// What happens on a push: the pushed manifest is recorded; what newly fell out of both windows is proposed by the index, confirmed by
/// ECR, and deleted.
/// </summary>
public sealed class PushJob(IRegistry registry, IManifestIndex index, Settings settings, TimeProvider clock, ILogger logger)
{
    const int StateTries = 8;

    /// <exception cref="ContestedRowException">Other runs kept writing the same row; a retry helps.</exception>
    public async Task<PruneResult> RunAsync(ImagePush push, Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(push);
        ArgumentNullException.ThrowIfNull(invocation);
        var bench = new Workbench(push.Repository, registry, index, settings, invocation, clock, logger);
        PruneResult result;
        try
        {
            result = await HandleAsync(bench, push, cancellationToken);
        }
        catch (NoSuchRepositoryException)
        {
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

    static async Task<PruneResult> HandleAsync(Workbench bench, ImagePush push, CancellationToken cancellationToken)
    {
        var view = await bench.Index.ReadAsync(bench.Repository, [push.Digest], push.Tag, cancellationToken);
        if (view.State is null)
            return await MeetAsync(bench, push, view, cancellationToken);

        var policy = view.State.Overrides.ApplyTo(bench.Settings.Policy);
        var arrival = new Arrival(bench, policy);
        var pushed = await arrival.RecordAsync(push, view, cancellationToken);
        var state = await NoteUnreadableAsync(bench, view.State, arrival.Unreadable, cancellationToken);
        if (state.DeferredAt is not null)
        {
            Deferral.NoteIfLong(bench, state);
            return Deferral.Result(bench);
        }

        var pruning = Pruning.AfterPush(bench, push, state, pushed);
        return Answer(await pruning.RunAsync(cancellationToken), pushed is not null);
    }

    // While an index can't be read, any untagged manifest may be a part of it: the next runs have to know that too.
    static async Task<RepositoryState> NoteUnreadableAsync(Workbench bench, RepositoryState state, Digest? unreadable, CancellationToken cancellationToken)
    {
        for (var tries = 0; unreadable is not null && state.Unreadable is null; tries++)
        {
            if (await bench.Index.TryWriteStateAsync(bench.Repository, state with { Unreadable = unreadable }, cancellationToken) is { } written)
                return written;
            if (tries == StateTries)
                throw new ContestedRowException(bench.Repository, "the repository's state");

            state = (await bench.Index.ReadAsync(bench.Repository, [], tag: null, cancellationToken)).State ?? new RepositoryState();
        }

        return state;
    }

    // First contact: the repository is listed in full once, and planned from that.
    static async Task<PruneResult> MeetAsync(Workbench bench, ImagePush push, IndexView view, CancellationToken cancellationToken)
    {
        bench.Logger.Resyncing(bench.Repository, "the index has never seen it");
        if (await new Resync(bench).RunAsync(state: null, push, cancellationToken) is not { } listing)
        {
            // What only this event can tell is kept for the reconcile.
            await new Arrival(bench, bench.Settings.Policy).RecordAsync(push, view, cancellationToken);
            return await Deferral.MarkAsync(bench, view.State, cancellationToken);
        }

        if (!listing.IsPushFiled)
        {
            var now = await bench.Index.ReadAsync(bench.Repository, [push.Digest], push.Tag, cancellationToken);
            await new Arrival(bench, listing.State.Overrides.ApplyTo(bench.Settings.Policy)).RecordAsync(push, now, cancellationToken);
        }

        var pruning = Pruning.AfterListing(bench, push, listing);
        return Answer(await pruning.RunAsync(cancellationToken), listing.Facts.ContainsKey(push.Digest));
    }

    static PruneResult Answer(PruneResult result, bool isPushedThere) => isPushedThere || result.Outcome != Outcome.NothingExpired
        ? result
        : result with { Outcome = Outcome.Gone, Why = "the pushed image is no longer there" };
}
