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
        .Number(Attributes.Rank, tombstone.Rank)
        .Time(Attributes.ActiveAt, tombstone.ActiveAt)
        .Map(Attributes.Policy, tombstone.Policy is { } policy ? PolicyPart.Write(policy) : null)
        .Text(Attributes.EventId, tombstone.EventId)
        .Text(Attributes.Execution, tombstone.Execution)
        .Flag(Attributes.FoundGone, tombstone.IsFoundGone)
        // The next whole second, so that DynamoDB never removes it too early.
        .Number(Attributes.ExpiresAt, (tombstone.DeletedAt + Tombstone.Lifetime).ToUnixTimeSeconds() + 1)
        .ToItem();

    /// <summary>
    /// Null if it cannot be read: then it is treated as absent. The rank, the policy and the event came later than the version. They are
    /// null if they are missing or unreadable, because only explanations for people need them.
    /// </summary>
    public static Tombstone? Read(Item item)
    {
        var reader = new ItemReader(item);
        reader.RequireVersionSince(Attributes.OldestReadVersion);
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
        return reader.IsReadable ? WithCircumstances(item, tombstone) : null;
    }

    static Tombstone WithCircumstances(Item item, Tombstone tombstone)
    {
        var reader = new ItemReader(item);
        var rank = reader.NumberOrNull(Attributes.Rank);
        reader.Require(rank is null or (>= 0 and <= int.MaxValue));
        var complete = tombstone with
        {
            Rank = (int?)rank,
            ActiveAt = reader.TimeOrNull(Attributes.ActiveAt),
            Policy = item.TryGetValue(Attributes.Policy, out var policy) ? PolicyPart.Read(policy.M ?? []) : null,
            EventId = reader.TextOrNull(Attributes.EventId),
            Execution = reader.TextOrNull(Attributes.Execution),
        };
        return reader.IsReadable ? complete : tombstone;
    }
}
