using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using PushPruner.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

public sealed partial class DynamoIndex
{
    public async Task<IndexView> ReadAsync(
        string repository, IReadOnlyCollection<Digest> digests, string? tag, CancellationToken cancellationToken)
    {
        var keys = digests.Select(d => d.Value).Append(Attributes.State).ToHashSet(StringComparer.Ordinal);
        if (tag is not null)
            keys.Add(ProtectingTagItem.SortKey(tag));

        RepositoryState? state = null;
        ProtectingTag? protectingTag = null;
        var rows = new Dictionary<Digest, IndexRow>();
        foreach (var item in await items.GetManyAsync(repository, keys, cancellationToken))
        {
            var key = item[Attributes.Digest].S;
            if (key == Attributes.State)
                state = StateItem.Read(item);
            else if (ProtectingTagItem.IsSortKey(key))
                protectingTag = ProtectingTagItem.Read(item);
            else if (RowItem.Read(item) is { } row)
                rows.Add(row.Digest, row);
        }

        return new IndexView(state, rows, protectingTag);
    }

    public async Task<IReadOnlyDictionary<Digest, IndexRow>> ReadRowsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var keys = digests.Select(d => d.Value).ToHashSet(StringComparer.Ordinal);
        var found = keys.Count > 0 ? await items.GetManyAsync(repository, keys, cancellationToken) : [];
        return found.Select(RowItem.Read).OfType<IndexRow>().ToDictionary(row => row.Digest);
    }

    public async Task<IndexContents> ReadAllAsync(string repository, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<Digest, IndexRow>();
        var protectingTags = new Dictionary<string, ProtectingTag>(StringComparer.Ordinal);
        await foreach (var item in ItemsAsync(repository, cancellationToken))
        {
            if (ProtectingTagItem.IsSortKey(item[Attributes.Digest].S))
            {
                if (ProtectingTagItem.Read(item) is { } protectingTag)
                    protectingTags.Add(protectingTag.Tag, protectingTag);
            }
            else if (RowItem.Read(item) is { } row)
            {
                rows.Add(row.Digest, row);
            }
        }

        return new IndexContents(rows, protectingTags);
    }

    public Task<IReadOnlyList<RankedEntry>> NewestAsync(string repository, string stream, int count, CancellationToken cancellationToken) =>
        PlacesAsync(
            repository,
            Attributes.Newest,
            "begins_with(#place, :prefix)",
            new(StringComparer.Ordinal) { [":prefix"] = new AttributeValue { S = Place.PrefixOf(stream) } },
            count,
            item => Place.TryReadNewest(item[Attributes.Newest].S, stream, out var pushedAt, out var digest) && IsOf(item, digest)
                ? new RankedEntry(digest, pushedAt)
                : null,
            cancellationToken);

    public Task<IReadOnlyList<DueEntry>> DueAsync(
        string repository, string stream, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        PlacesAsync(
            repository,
            Attributes.Due,
            "#place BETWEEN :prefix AND :before",
            new(StringComparer.Ordinal)
            {
                [":prefix"] = new AttributeValue { S = Place.PrefixOf(stream) },
                [":before"] = new AttributeValue { S = Place.DueBefore(stream, before) },
            },
            limit,
            item => Place.TryReadDue(item[Attributes.Due].S, stream, out var dueFrom, out var digest) && IsOf(item, digest)
                ? new DueEntry(digest, dueFrom)
                : null,
            cancellationToken);

    public async Task<IReadOnlyDictionary<Digest, Tombstone>> FindTombstonesAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var keys = digests.Select(d => d.Value).ToHashSet(StringComparer.Ordinal);
        var found = keys.Count > 0 ? await items.GetManyAsync(Attributes.Deleted(repository), keys, cancellationToken) : [];
        return found.Select(ReadTombstone).OfType<Tombstone>().ToDictionary(t => t.Digest);
    }

    public async Task<Tombstone?> FindTombstoneAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        await items.GetAsync(Attributes.Deleted(repository), digest.Value, cancellationToken) is { } item ? ReadTombstone(item) : null;

    public async IAsyncEnumerable<Tombstone> ListTombstonesAsync(
        string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in ItemsAsync(Attributes.Deleted(repository), cancellationToken))
        {
            if (ReadTombstone(item) is { } tombstone)
                yield return tombstone;
        }
    }

    public async IAsyncEnumerable<string> ListRepositoriesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in ItemsAsync(Attributes.Repositories, cancellationToken))
            yield return item[Attributes.Digest].S;
    }

    // DynamoDB removes items some time after the end of their lifetime.
    Tombstone? ReadTombstone(Item item) =>
        TombstoneItem.Read(item) is { } tombstone && clock.GetUtcNow() - tombstone.DeletedAt < Tombstone.Lifetime ? tombstone : null;

    // All items of a partition, page by page.
    async IAsyncEnumerable<Item> ItemsAsync(string partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Item? next = null;
        do
        {
            var request = new QueryRequest
            {
                KeyConditionExpression = "#repository = :repository",
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#repository"] = Attributes.Repository },
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":repository"] = new AttributeValue { S = partition } },
                ExclusiveStartKey = next,
            };
            var page = await items.QueryAsync(request, cancellationToken);
            foreach (var item in page.Items ?? [])
                yield return item;
            next = page.LastEvaluatedKey;
        }
        while (next is { Count: > 0 });
    }

    static bool IsOf(Item item, Digest digest) => item[Attributes.Digest].S == digest.Value;

    // Skips places that cannot be read, and asks the next page for as many as are still missing, so that none is hidden.
    async Task<IReadOnlyList<T>> PlacesAsync<T>(
        string repository, string attribute, string range, Item values, int limit, Func<Item, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        values[":repository"] = new AttributeValue { S = repository };
        var places = new List<T>();
        Item? next = null;
        while (places.Count < limit)
        {
            var request = new QueryRequest
            {
                IndexName = attribute,
                KeyConditionExpression = $"#repository = :repository AND {range}",
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#repository"] = Attributes.Repository, ["#place"] = attribute },
                ExpressionAttributeValues = values,
                ScanIndexForward = true,
                Limit = limit - places.Count,
                ExclusiveStartKey = next,
            };
            var page = await items.QueryAsync(request, cancellationToken);
            places.AddRange((page.Items ?? []).Select(read).OfType<T>());
            next = page.LastEvaluatedKey;
            if (next is not { Count: > 0 })
                break;
        }

        return places;
    }
}
