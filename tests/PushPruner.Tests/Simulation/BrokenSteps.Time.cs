using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

// What may happen between a look and a delete, and what a halt has to count.
static partial class BrokenSteps
{
    /// <summary>What the event spares is left out before it is counted how much has expired.</summary>
    public static BrokenStep ExemptBeforeCounting => new()
    {
        Index = inner => new WithoutSpared(inner),
        MaxDeletes = 2,
        Histories = Step.Of(
            StepKind.Push, StepKind.Push, StepKind.Push, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver,
            StepKind.Days, StepKind.Days, StepKind.SignOldest),
    };

    /// <summary>A delete whose answer is lost is sent again as it was, as the SDK did.</summary>
    public static BrokenStep RepeatedDeletes => new()
    {
        Registry = inner => new RepeatingDeletes(inner),
        Histories = Step.Of([.. Releasing, StepKind.PushAgainAmidDelete, StepKind.PushAgainAmidDelete]),
    };

    /// <summary>An answer of ECR that is older than the index is believed: no row is known to be recent.</summary>
    public static BrokenStep LagBelieved => new()
    {
        Index = inner => new WithoutTimes(inner),
        KeepFor = TimeSpan.Zero,
        Histories = Step.Of(
            StepKind.Push, StepKind.Push, StepKind.MoveLatest, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver,
            StepKind.ReconcileLagging, StepKind.ReconcileLagging),
    };

    /// <summary>However long ago ECR was asked, a delete relies on its answer: the clock of the jobs stands still.</summary>
    public static BrokenStep NoFreshness => new()
    {
        Clock = inner => new StandingClock(inner),
        Histories = Step.Of(
            [.. Releasing, StepKind.PushRelease, StepKind.PushRelease, StepKind.ProtectPartAmidDelete, StepKind.ProtectPartAmidDelete]),
    };

    // The first thing that a run asks of the index is the row of what its event names.
    sealed class WithoutSpared(IManifestIndex inner) : IndexDecorator(inner)
    {
        readonly HashSet<Digest> spared = [];
        Digest? named;

        public override async Task<IndexView> ReadAsync(
            string repository, IReadOnlyCollection<Digest> digests, string? tag, CancellationToken cancellationToken)
        {
            if (named is null && digests.Count == 1)
            {
                named = digests.Single();
                spared.Add(named.Value);
                var rows = (await Inner.ReadAllAsync(repository, cancellationToken)).Rows.Values;
                spared.UnionWith(rows.Where(r => r.History.Followers().Contains(named.Value)).Select(r => r.Digest));
            }

            return await Inner.ReadAsync(repository, digests, tag, cancellationToken);
        }

        public override Task AddReferrerAsync(string repository, Digest subject, Digest referrer, CancellationToken cancellationToken)
        {
            if (referrer == named)
                spared.Add(subject);
            return Inner.AddReferrerAsync(repository, subject, referrer, cancellationToken);
        }

        public override async Task<IReadOnlyList<DueEntry>> DueAsync(
            string repository, string stream, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
            [.. (await Inner.DueAsync(repository, stream, before, limit, cancellationToken)).Where(d => !spared.Contains(d.Digest))];
    }

    sealed class RepeatingDeletes(IRegistry inner) : RegistryDecorator(inner)
    {
        public override async Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
            string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
        {
            try
            {
                return await Inner.DeleteAsync(repository, ids, cancellationToken);
            }
            catch (DeleteUnansweredException)
            {
                return await Inner.DeleteAsync(repository, ids, cancellationToken);
            }
        }
    }

    sealed class WithoutTimes(IManifestIndex inner) : IndexDecorator(inner)
    {
        // So much that each row seems to be years old, and no two of them the same.
        static readonly long Years = TimeSpan.FromDays(3_650).Ticks;

        public override async Task<IndexView> ReadAsync(
            string repository, IReadOnlyCollection<Digest> digests, string? tag, CancellationToken cancellationToken)
        {
            var view = await Inner.ReadAsync(repository, digests, tag, cancellationToken);
            return view with { Rows = view.Rows.ToDictionary(r => r.Key, r => Older(r.Value)) };
        }

        public override async Task<IReadOnlyDictionary<Digest, IndexRow>> ReadRowsAsync(
            string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) =>
            (await Inner.ReadRowsAsync(repository, digests, cancellationToken)).ToDictionary(r => r.Key, r => Older(r.Value));

        public override async Task<IndexContents> ReadAllAsync(string repository, CancellationToken cancellationToken)
        {
            var contents = await Inner.ReadAllAsync(repository, cancellationToken);
            return contents with { Rows = contents.Rows.ToDictionary(r => r.Key, r => Older(r.Value)) };
        }

        public override async Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken) =>
            await Inner.TryWriteAsync(repository, row with { Revision = Now(row.Revision) }, cancellationToken) is { } written
                ? Older(written)
                : null;

        public override Task<bool> TryRemoveAsync(string repository, Digest digest, long revision, CancellationToken cancellationToken) =>
            Inner.TryRemoveAsync(repository, digest, Now(revision), cancellationToken);

        static IndexRow Older(IndexRow row) => row with { Revision = row.Revision - Years };

        static long Now(long revision) => revision == IndexRow.Unwritten ? revision : revision + Years;
    }

    sealed class StandingClock(TimeProvider inner) : TimeProvider
    {
        readonly DateTimeOffset at = inner.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => at;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner.CreateTimer(callback, state, dueTime, period);
    }
}
