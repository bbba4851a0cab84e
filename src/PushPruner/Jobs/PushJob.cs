using Microsoft.Extensions.Logging;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>
/// What happens on a push: the pushed manifest is recorded; what newly fell out of both windows is proposed by the index, confirmed by
/// ECR, and deleted.
/// </summary>
public sealed class PushJob(IRegistry registry, IManifestIndex index, Settings settings, TimeProvider clock, ILogger logger)
{
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
        if (view.State is { DeferredAt: not null })
            return Deferred(bench);

        var pruning = new Pruning(bench, push);
        Fact? pushed;
        if (view.State is { } state)
        {
            var policy = state.Overrides.ApplyTo(bench.Settings.Policy);
            pushed = await new Arrival(bench, policy).RecordAsync(push, view, cancellationToken);
            pruning.Begin(state, pushed);
        }
        else
        {
            bench.Logger.Resyncing(bench.Repository, "the index has never seen it");
            if (await new Resync(bench).RunAsync(state: null, push, cancellationToken) is not { } listing)
            {
                await bench.Index.TryWriteStateAsync(bench.Repository, new RepositoryState { DeferredAt = bench.Now }, cancellationToken);
                return Deferred(bench);
            }

            pushed = listing.Facts.GetValueOrDefault(push.Digest);
            pruning.BeginListed(listing);
        }

        var result = await pruning.RunAsync(cancellationToken);
        return pushed is null && result.Outcome == Outcome.NothingExpired
            ? result with { Outcome = Outcome.Gone, Why = "the pushed image is no longer there" }
            : result;
    }

    static PruneResult Deferred(Workbench bench)
    {
        const string why = "the repository is too large to be listed in the function's time: run the reconcile";
        bench.Logger.KeptEverything(bench.Repository, why);
        return new PruneResult { Outcome = Outcome.Deferred, Why = why };
    }
}
