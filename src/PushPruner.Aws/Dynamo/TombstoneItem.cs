using PushPruner.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>A tombstone as an item.</summary>
static class TombstoneItem
{
    public static Item Write(string repository, Tombstone tombstone) => new ItemWriter()
        .Text(Attributes.Repository, Attributes.Deleted(repository))
        .Text(Attributes.Digest, tombstone.Digest.Value)
        .Tags(tombstone.Tags)
        .Time(Attributes.PushedAt, tombstone.PushedAt)
        .Number(Attributes.Bytes, tombstone.Bytes)
        .Time(Attributes.DeletedAt, tombstone.DeletedAt)
        .Text(Attributes.Reason, tombstone.Reason)
        .Text(Attributes.RequestId, tombstone.RequestId)
        .Flag(Attributes.FoundGone, tombstone.IsFoundGone)
        // The next whole second: never taken away before its time.
        .Number(Attributes.ExpiresAt, (tombstone.DeletedAt + Tombstone.Lifetime).ToUnixTimeSeconds() + 1)
        .ToItem();

    /// <summary>Null when it can't be read: then it is as if there were none.</summary>
    public static Tombstone? Read(Item item)
    {
        var reader = new ItemReader(item);
        reader.RequireCurrentVersion();
        var tombstone = new Tombstone
        {
            Digest = reader.Digest(Attributes.Digest),
            Tags = reader.Texts(Attributes.Tags),
            PushedAt = reader.TimeOrNull(Attributes.PushedAt),
            Bytes = reader.Number(Attributes.Bytes),
            DeletedAt = reader.Time(Attributes.DeletedAt),
            Reason = reader.Text(Attributes.Reason),
            RequestId = reader.Text(Attributes.RequestId),
            IsFoundGone = reader.Flag(Attributes.FoundGone),
        };
        return reader.IsReadable ? tombstone : null;
    }
}
