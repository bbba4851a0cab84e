using PushPruner.Ports;
using PushPruner.Rules;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>A manifest's row as an item.</summary>
static class RowItem
{
    public static Item Write(string repository, IndexRow row) => Begin(row).Text(Attributes.Repository, repository).ToItem();

    /// <summary>As a part of another item, which has the repository.</summary>
    public static Item WritePart(IndexRow row) => Begin(row).ToItem();

    /// <summary>
    /// Null if it cannot be read: then it is treated as absent. Of a row of a newer version only its digest and revision are read.
    /// </summary>
    public static IndexRow? Read(Item item)
    {
        if (ItemReader.IsOfNewerVersion(item))
            return ReadOfNewerVersion(item);

        var reader = new ItemReader(item);
        reader.RequireVersionSince(Attributes.OldestReadVersion);
        var digest = reader.Digest(Attributes.Digest);
        var row = new IndexRow
        {
            Digest = digest,
            Tags = reader.Texts(Attributes.Tags),
            AreTagsCut = reader.Flag(Attributes.TagsCut),
            PushedAt = reader.TimeOrNull(Attributes.PushedAt),
            Bytes = reader.NumberOrNull(Attributes.Bytes) ?? 0,
            History = new ManifestHistory
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
                Kind = reader.TextOrNull(Attributes.Kind),
                HasLostSubject = reader.Flag(Attributes.HasLostSubject),
            },
            Revision = reader.Number(Attributes.Revision),
        };
        if (ItemReader.IsOfOlderVersion(item))
            return reader.IsReadable ? OfOlderVersion(row) : null;

        var placed = Placed(reader, row);
        return reader.IsReadable ? placed : null;
    }

    // Its places have no stream, so a listing gives it new ones. Its proof may rest on a listing alone, which proves an image only if the
    // manifest was read as well. So only a proof by a tag is taken over.
    static IndexRow OfOlderVersion(IndexRow row)
    {
        var history = row.History with
        {
            ProvenFor = row.Tags.Any(Proof.IsGivenByPushWith) ? row.History.ProvenFor : null,
            // That version allowed digests that ECR does not know, and more owners, referrers and tags than fit into one row together.
            Members = row.History.Members is { } members ? new DigestSet(members.Where(m => m.IsSha256)) : null,
            Owners = row.History.Owners.Bounded(),
            Referrers = row.History.Referrers.Bounded(),
        };
        var bounded = (row with { History = history }).WithTags(row.Tags);
        return bounded with { AreTagsCut = row.AreTagsCut || bounded.AreTagsCut };
    }

    static IndexRow? ReadOfNewerVersion(Item item)
    {
        var reader = new ItemReader(item);
        var row = new IndexRow
        {
            Digest = reader.Digest(Attributes.Digest),
            History = new ManifestHistory { IsOfNewerVersion = true },
            Revision = reader.Number(Attributes.Revision),
        };
        return reader.IsReadable ? row : null;
    }

    static ItemWriter Begin(IndexRow row) => new ItemWriter()
        .Text(Attributes.Digest, row.Digest.Value)
        .Texts(Attributes.Tags, row.Tags)
        .Flag(Attributes.TagsCut, row.AreTagsCut)
        .Time(Attributes.PushedAt, row.PushedAt)
        .Number(Attributes.Bytes, row.Bytes)
        .Time(Attributes.PromotedAt, row.History.PromotedAt)
        .Time(Attributes.ProvenFor, row.History.ProvenFor)
        .Digests(Attributes.Owners, row.History.Owners)
        .Flag(Attributes.WasMember, row.History.WasMember)
        .Flag(Attributes.WasReferrer, row.History.WasReferrer)
        .Digests(Attributes.Members, row.History.Members)
        .Flag(Attributes.NamesNothing, row.History.Members is { Count: 0 })
        .Digests(Attributes.Referrers, row.History.Referrers)
        .Time(Attributes.ReadAt, row.History.ReadAt)
        .Time(Attributes.PulledBefore, row.History.PulledBefore)
        .Text(Attributes.Kind, row.History.Kind)
        .Flag(Attributes.HasLostSubject, row.History.HasLostSubject)
        .Text(Attributes.Stream, row.Stream == Kind.Image ? null : row.Stream)
        .Text(Attributes.Newest, row is { Stream: { } stream, RankedAt: { } rankedAt } ? Place.Newest(stream, rankedAt, row.Digest) : null)
        .Text(Attributes.Due, row is { Stream: { } same, DueFrom: { } dueFrom } ? Place.Due(same, dueFrom, row.Digest) : null)
        .Number(Attributes.Revision, row.Revision);

    static DigestSet? Members(ItemReader reader)
    {
        var members = reader.Digests(Attributes.Members);
        return members.Count > 0 || reader.Flag(Attributes.NamesNothing) ? members : null;
    }

    static IndexRow Placed(ItemReader reader, IndexRow row)
    {
        var (newest, due) = (reader.TextOrNull(Attributes.Newest), reader.TextOrNull(Attributes.Due));
        if (newest is null && due is null)
            return row;

        var stream = reader.TextOrNull(Attributes.Stream) ?? Kind.Image;
        DateTimeOffset? rankedAt = null;
        DateTimeOffset? dueFrom = null;
        if (newest is not null)
        {
            reader.Require(Place.TryReadNewest(newest, stream, out var at, out var placed) && placed == row.Digest);
            rankedAt = at;
        }

        if (due is not null)
        {
            reader.Require(Place.TryReadDue(due, stream, out var from, out var placed) && placed == row.Digest);
            dueFrom = from;
        }

        return row with { Stream = stream, RankedAt = rankedAt, DueFrom = dueFrom };
    }
}
