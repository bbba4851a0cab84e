using Amazon.DynamoDBv2;
using PushPruner.Ports;
using PushPruner.Recording;
using PushPruner.Rules;

using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>
/// The index port on a DynamoDB table with the shape of <see cref="IndexTable"/>. An item that cannot be read is treated as absent: it
/// never makes a method fail, the next write replaces it, and a read never removes it. Rows and tombstones of a newer version are never
/// replaced, so that a rollback to this version does not lose what only they know.
/// </summary>
/// <param name="table">The table's name.</param>
/// <param name="clock">For revisions, the lifetime of tombstones, and the waits between repeated calls.</param>
/// <exception cref="IndexTableException">Every method: the table does not exist, or the role may not use it.</exception>
public sealed partial class DynamoIndex(IAmazonDynamoDB dynamo, string table, TimeProvider clock) : IManifestIndex
{
    const int UpdateTries = 8;
    const long OnlyRevision = 1;

    readonly DynamoTable items = new(dynamo, table, clock);
    readonly Revisions revisions = new(clock);

    public async Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken)
    {
        if (row.History.IsOfNewerVersion)
            return row;

        var written = row.Normalized() with { Revision = revisions.After(row.Revision) };
        var isWritten = await TryPutAsync(RowItem.Write(repository, written), row.Revision, RowItem.Read, cancellationToken);
        return isWritten ? written : null;
    }

    public Task<bool> TryRemoveAsync(string repository, Digest digest, long revision, CancellationToken cancellationToken) =>
        TryDeleteAsync(repository, digest.Value, revision, RowItem.Read, cancellationToken);

    public Task AddOwnerAsync(string repository, Digest member, Digest owner, CancellationToken cancellationToken) =>
        UpdateAsync(
            repository,
            new IndexRow { Digest = member, History = new ManifestHistory { Owners = DigestSet.Of(owner), WasMember = true } },
            new ItemUpdate(Attributes.Owners, owner, revisions.After(IndexRow.Unwritten)),
            cancellationToken);

    public Task AddReferrerAsync(string repository, Digest subject, Digest referrer, CancellationToken cancellationToken) =>
        UpdateAsync(
            repository,
            new IndexRow { Digest = subject, History = new ManifestHistory { Referrers = DigestSet.Of(referrer) } },
            new ItemUpdate(Attributes.Referrers, referrer, revisions.After(IndexRow.Unwritten)),
            cancellationToken);

    public async Task<RepositoryState?> TryWriteStateAsync(string repository, RepositoryState state, CancellationToken cancellationToken)
    {
        var written = state with { Revision = revisions.After(state.Revision) };
        var isWritten = await TryPutAsync(StateItem.Write(repository, written), state.Revision, StateItem.Read, cancellationToken);
        return isWritten ? written : null;
    }

    public Task<bool> TryWriteProtectingTagAsync(string repository, ProtectingTag protectingTag, CancellationToken cancellationToken)
    {
        if (protectingTag.Row.History.IsOfNewerVersion)
            return Task.FromResult(true);

        var written = protectingTag with { Row = protectingTag.Row.Normalized(), Revision = revisions.After(protectingTag.Revision) };
        return TryPutAsync(ProtectingTagItem.Write(repository, written), protectingTag.Revision, ProtectingTagItem.Read, cancellationToken);
    }

    public Task<bool> TryRemoveProtectingTagAsync(string repository, string tag, long revision, CancellationToken cancellationToken) =>
        TryDeleteAsync(repository, ProtectingTagItem.SortKey(tag), revision, ProtectingTagItem.Read, cancellationToken);

    public async Task<bool> TryTakeLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken) =>
        await items.PutAsync(LeaseItem.Write(repository, lease), Condition.FreeForLease(lease, clock.GetUtcNow()), cancellationToken)
            is null;

    // Refused if another request has taken it since.
    public async Task ReturnLeaseAsync(string repository, Lease lease, CancellationToken cancellationToken) =>
        await items.DeleteAsync(repository, Attributes.Lease, Condition.OfRequest(lease.Holder), cancellationToken);

    public async Task AddRepositoryAsync(string repository, CancellationToken cancellationToken)
    {
        var item = new ItemWriter()
            .Text(Attributes.Repository, Attributes.Repositories)
            .Text(Attributes.Digest, repository)
            .Number(Attributes.Revision, OnlyRevision)
            .ToItem();
        await items.PutAsync(item, Condition.Absent, cancellationToken);
    }

    public async Task RemoveRepositoryAsync(string repository, CancellationToken cancellationToken) =>
        await items.DeleteAsync(Attributes.Repositories, repository, Condition.AbsentOrOfRevision(OnlyRevision), cancellationToken);

    public async Task WriteTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken)
    {
        var item = TombstoneItem.Write(repository, tombstone);
        var isFree = Condition.FreeForTombstone(tombstone, clock.GetUtcNow());
        if (await items.PutAsync(item, isFree, cancellationToken) is { } refusal)
        {
            await TryOverwriteAsync<object>(
                item, refusal, stored => ItemReader.IsOfNewerVersion(stored) ? stored : TombstoneItem.Read(stored), cancellationToken);
        }
    }

    // Refused if another request has written it since. Then it is that request's to remove.
    public async Task RemoveTombstoneAsync(string repository, Tombstone tombstone, CancellationToken cancellationToken) =>
        await items.DeleteAsync(
            Attributes.Deleted(repository), tombstone.Digest.Value, Condition.OfRequest(tombstone.RequestId), cancellationToken);

    // DynamoDB refuses the update if the row cannot be read or is of an older version: then the whole row is written. It also refuses if
    // the set is full: the next full listing makes up for that.
    async Task UpdateAsync(string repository, IndexRow anew, ItemUpdate update, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < UpdateTries; tries++)
        {
            if (await items.UpdateAsync(repository, anew.Digest.Value, update, cancellationToken) is not { } refusal)
                return;
            if (await StoredAsync(repository, anew.Digest.Value, refusal, cancellationToken) is not { } stored)
                continue;

            var row = RowItem.Read(stored);
            if (row is not null && (row.History.IsOfNewerVersion || update.SetOf(row).IsFull))
                return;
            // Another run has written it in this version since.
            if (row is not null && !ItemReader.IsOfOlderVersion(stored))
                continue;

            var whole = (row is null ? anew : Merged(row, anew)) with { Revision = revisions.After(row?.Revision ?? update.Revision) };
            if (await items.PutAsync(RowItem.Write(repository, whole), Condition.StillAs(stored), cancellationToken) is null)
                return;
        }

        throw new ContestedRowException(repository, anew.Digest.Value);
    }

    static IndexRow Merged(IndexRow row, IndexRow more)
    {
        var history = row.History with
        {
            Owners = new DigestSet(row.History.Owners.Concat(more.History.Owners)),
            WasMember = row.History.WasMember || more.History.WasMember,
            Referrers = new DigestSet(row.History.Referrers.Concat(more.History.Referrers)),
        };
        return row with { History = history };
    }

    async Task<bool> TryPutAsync<T>(Item item, long revision, Func<Item, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        if (await items.PutAsync(item, Condition.OfRevision(revision), cancellationToken) is not { } refusal)
            return true;

        return revision == IndexRow.Unwritten && await TryOverwriteAsync(item, refusal, read, cancellationToken);
    }

    // An unreadable item must not block writes for ever. DynamoDB has no condition for "unreadable", so the item is read first.
    async Task<bool> TryOverwriteAsync<T>(Item item, Refusal refusal, Func<Item, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        var stored = await StoredAsync(item[Attributes.Repository].S, item[Attributes.Digest].S, refusal, cancellationToken);
        return stored is not null && read(stored) is null
            && await items.PutAsync(item, Condition.StillAs(stored), cancellationToken) is null;
    }

    async Task<bool> TryDeleteAsync<T>(
        string repository, string key, long revision, Func<Item, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        if (await items.DeleteAsync(repository, key, Condition.AbsentOrOfRevision(revision), cancellationToken) is not { } refusal)
            return true;
        if (revision != IndexRow.Unwritten)
            return false;

        // A caller that knows of no row may remove an unreadable one, because that would keep its places.
        var stored = await StoredAsync(repository, key, refusal, cancellationToken);
        return stored is null
            || (read(stored) is null && await items.DeleteAsync(repository, key, Condition.StillAs(stored), cancellationToken) is null);
    }

    async Task<Item?> StoredAsync(string repository, string key, Refusal refusal, CancellationToken cancellationToken) =>
        refusal.Stored ?? await items.GetAsync(repository, key, cancellationToken);
}
