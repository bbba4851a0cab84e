using System.Runtime.CompilerServices;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>ECR as one of several runs sees it: each call waits for its turn, and each delete is watched.</summary>
sealed class RegistryInTurns(IRegistry inner, StepGate gate, Action beforeDelete, Action afterDelete) : RegistryDecorator(inner)
{
    public override async Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.ExistsAsync(repository, cancellationToken);
    }

    public override async IAsyncEnumerable<Manifest> ListAsync(
        string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        await foreach (var manifest in Inner.ListAsync(repository, cancellationToken))
            yield return manifest;
    }

    public override async Task<Description> DescribeAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.DescribeAsync(repository, digests, cancellationToken);
    }

    public override async Task<IReadOnlyDictionary<Digest, string>> ReadManifestsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.ReadManifestsAsync(repository, digests, cancellationToken);
    }

    public override async Task<IReadOnlySet<Digest>> FindGoneAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.FindGoneAsync(repository, digests, cancellationToken);
    }

    public override async Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(
        string repository, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.ReadResourceTagsAsync(repository, cancellationToken);
    }

    public override async Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
        string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        beforeDelete();
        var answers = await Inner.DeleteAsync(repository, ids, cancellationToken);
        afterDelete();
        return answers;
    }
}

/// <summary>The index as one of several runs sees it: each call that matters for order waits for its turn.</summary>
sealed class IndexInTurns(IManifestIndex inner, StepGate gate) : IndexDecorator(inner)
{
    public override async Task<IndexView> ReadAsync(
        string repository, IReadOnlyCollection<Digest> digests, string? tag, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.ReadAsync(repository, digests, tag, cancellationToken);
    }

    public override async Task<IReadOnlyDictionary<Digest, IndexRow>> ReadRowsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.ReadRowsAsync(repository, digests, cancellationToken);
    }

    public override async Task<IndexContents> ReadAllAsync(string repository, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.ReadAllAsync(repository, cancellationToken);
    }

    public override async Task<IReadOnlyList<RankedEntry>> NewestAsync(
        string repository, string stream, int count, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.NewestAsync(repository, stream, count, cancellationToken);
    }

    public override async Task<IReadOnlyList<DueEntry>> DueAsync(
        string repository, string stream, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.DueAsync(repository, stream, before, limit, cancellationToken);
    }

    public override async Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.TryWriteAsync(repository, row, cancellationToken);
    }

    public override async Task<bool> TryRemoveAsync(string repository, Digest digest, long revision, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.TryRemoveAsync(repository, digest, revision, cancellationToken);
    }

    public override async Task AddOwnerAsync(string repository, Digest member, Digest owner, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        await Inner.AddOwnerAsync(repository, member, owner, cancellationToken);
    }

    public override async Task AddReferrerAsync(string repository, Digest subject, Digest referrer, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        await Inner.AddReferrerAsync(repository, subject, referrer, cancellationToken);
    }

    public override async Task<RepositoryState?> TryWriteStateAsync(
        string repository, RepositoryState state, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.TryWriteStateAsync(repository, state, cancellationToken);
    }

    public override async Task<bool> TryTakeLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        return await Inner.TryTakeLeaseAsync(repository, lease, cancellationToken);
    }

    public override async Task ReturnLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken)
    {
        await gate.TurnAsync();
        await Inner.ReturnLeaseAsync(repository, lease, cancellationToken);
    }
}
