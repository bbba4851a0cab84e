using PushPruner.Ports;
using PushPruner.Rules;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>A manifest's row as an item.</summary>
static class RowItem
{
    public static Item Write(string repository, IndexRow row) => Begin(row).Text(Attributes.Repository, repository).ToItem();

    /// <summary>As a part of another item, which says the repository.</summary>
    public static Item WritePart(IndexRow row) => Begin(row).ToItem();

    /// <summary>Null when it can't be read: then it is as if there were none. Of a newer version's row no more is read than that it is one.</summary>
    public static IndexRow? Read(Item item)
    {
        if (ItemReader.IsOfNewerVersion(item))
            return ReadOfNewerVersion(item);

        var reader = new ItemReader(item);
        reader.RequireCurrentVersion();
        var digest = reader.Digest(Attributes.Digest);
        var row = new IndexRow
        {
            Digest = digest,
            Tags = reader.Texts(Attributes.Tags),
            PushedAt = reader.TimeOrNull(Attributes.PushedAt),
            Bytes = reader.NumberOrNull(Attributes.Bytes) ?? 0,
            Memory = new Memory
            {
                PromotedAt = reader.TimeOrNull(Attributes.PromotedAt),
                ProvenFor = reader.TimeOrNull(Attributes.ProvenFor),
                Owners = reader.Digests(Attributes.Owners),
                WasMember = reader.Flag(Attributes.WasMember),
                WasReferrer = reader.Flag(Attributes.WasReferrer),
                Members = Members(reader),
                Referrers = reader.Digests(Attributes.Referrers),
                ReadAt = reader.TimeOrNull(Attributes.ReadAt),
                PulledBefore = reader.TimeOrNull(Attributes.PulledBefore),
            },
            RankedAt = RankedAt(reader, digest),
            DueFrom = DueFrom(reader, digest),
            Revision = reader.Number(Attributes.Revision),
        };
        return reader.IsReadable ? row : null;
    }

    static IndexRow? ReadOfNewerVersion(Item item)
    {
        var reader = new ItemReader(item);
        var row = new IndexRow
        {
            Digest = reader.Digest(Attributes.Digest),
            Memory = new Memory { IsOfNewerVersion = true },
            Revision = reader.Number(Attributes.Revision),
        };
        return reader.IsReadable ? row : null;
    }

    static ItemWriter Begin(IndexRow row) => new ItemWriter()
        .Text(Attributes.Digest, row.Digest.Value)
        .Tags(row.Tags, row.Memory.Owners.Count + (row.Memory.Members?.Count ?? 0) + row.Memory.Referrers.Count)
        .Time(Attributes.PushedAt, row.PushedAt)
        .Number(Attributes.Bytes, row.Bytes)
        .Time(Attributes.PromotedAt, row.Memory.PromotedAt)
        .Time(Attributes.ProvenFor, row.Memory.ProvenFor)
        .Digests(Attributes.Owners, row.Memory.Owners)
        .Flag(Attributes.WasMember, row.Memory.WasMember)
        .Flag(Attributes.WasReferrer, row.Memory.WasReferrer)
        .Digests(Attributes.Members, row.Memory.Members)
        .Flag(Attributes.NamesNothing, row.Memory.Members is { Count: 0 })
        .Digests(Attributes.Referrers, row.Memory.Referrers)
        .Time(Attributes.ReadAt, row.Memory.ReadAt)
        .Time(Attributes.PulledBefore, row.Memory.PulledBefore)
        .Text(Attributes.Newest, row.RankedAt is { } rankedAt ? Place.Newest(rankedAt, row.Digest) : null)
        .Text(Attributes.Due, row.DueFrom is { } dueFrom ? Place.Due(dueFrom, row.Digest) : null)
        .Number(Attributes.Revision, row.Revision);

    static DigestSet? Members(ItemReader reader)
    {
        var members = reader.Digests(Attributes.Members);
        return members.Count > 0 || reader.Flag(Attributes.NamesNothing) ? members : null;
    }

    static DateTimeOffset? RankedAt(ItemReader reader, Digest digest)
    {
        if (reader.TextOrNull(Attributes.Newest) is not { } key)
            return null;

        reader.Require(Place.TryReadNewest(key, out var rankedAt, out var placed) && placed == digest);
        return rankedAt;
    }

    static DateTimeOffset? DueFrom(ItemReader reader, Digest digest)
    {
        if (reader.TextOrNull(Attributes.Due) is not { } key)
            return null;

        reader.Require(Place.TryReadDue(key, out var dueFrom, out var placed) && placed == digest);
        return dueFrom;
    }
}
