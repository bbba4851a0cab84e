using System.Globalization;
using Amazon.DynamoDBv2.Model;
using PushPruner.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>
/// Items as the first version of the table's rows wrote them, attribute by attribute. Frozen: tables in the field hold them, whatever this
/// version writes.
/// </summary>
static class VersionOneItem
{
    /// <param name="repository">Where the row is.</param>
    /// <param name="row">Its places are those of the one order that there was; its stream and its kind had no attribute.</param>
    public static Item Row(string repository, IndexRow row)
    {
        var item = Part(row);
        item["repository"] = Text(repository);
        return item;
    }

    public static Item State(string repository, RepositoryState state)
    {
        var item = New(Text("#repository"), state.Revision);
        item["repository"] = Text(repository);
        Set(item, "listedAt", state.ListedAt);
        Set(item, "deferredAt", state.DeferredAt);
        if (state.Unreadable is { } list)
            item["unreadable"] = Text(list.Digest.Value);
        if (state.Overrides.KeepNewest is { } newest)
            item["keepNewest"] = Number(newest);
        if (state.Overrides.KeepFor is { } keepFor)
            item["keepFor"] = Text(keepFor.ToString("c", CultureInfo.InvariantCulture));
        Set(item, "protectTags", [.. state.Overrides.ProtectTags.Patterns.Select(p => p.Pattern)]);
        Set(item, "enabled", state.Overrides.Enabled);
        Set(item, "crowdedUntil", state.ContendedUntil);
        return item;
    }

    public static Item Bearer(string repository, ProtectingTag bearer)
    {
        var item = New(Text("#tag/" + bearer.Tag), bearer.Revision);
        item["repository"] = Text(repository);
        item["row"] = new AttributeValue { M = Part(bearer.Row) };
        return item;
    }

    public static Item Tombstone(string repository, Tombstone tombstone)
    {
        var item = new Item(StringComparer.Ordinal)
        {
            ["v"] = Number(1),
            ["repository"] = Text(repository + "#deleted"),
            ["digest"] = Text(tombstone.Digest.Value),
            ["bytes"] = Number(tombstone.Bytes),
            ["deletedAt"] = Text(Iso(tombstone.DeletedAt)),
            ["reason"] = Text(tombstone.Reason),
            ["requestId"] = Text(tombstone.RequestId),
            ["expiresAt"] = Number((tombstone.DeletedAt + Ports.Tombstone.Lifetime).ToUnixTimeSeconds() + 1),
        };
        Set(item, "tags", tombstone.Tags);
        Set(item, "pushedAt", tombstone.PushedAt);
        if (tombstone.Policy is { } policy)
        {
            var part = new Item(StringComparer.Ordinal)
            {
                ["v"] = Number(1),
                ["keepNewest"] = Number(policy.KeepNewest),
                ["keepFor"] = Text(policy.KeepFor.ToString("c", CultureInfo.InvariantCulture)),
                ["keepPulledFor"] = Text(policy.KeepPulledFor.ToString("c", CultureInfo.InvariantCulture)),
                ["settleTime"] = Text(policy.SettleTime.ToString("c", CultureInfo.InvariantCulture)),
            };
            Set(part, "protectTags", [.. policy.ProtectTags.Patterns.Select(p => p.Pattern)]);
            item["policy"] = new AttributeValue { M = part };
        }

        return item;
    }

    static Item Part(IndexRow row)
    {
        var item = New(Text(row.Digest.Value), row.Revision);
        item["bytes"] = Number(row.Bytes);
        Set(item, "tags", row.Tags);
        Set(item, "tagsCut", row.AreTagsCut);
        Set(item, "pushedAt", row.PushedAt);
        Set(item, "promotedAt", row.History.PromotedAt);
        Set(item, "provenFor", row.History.ProvenFor);
        Set(item, "owners", row.History.Owners);
        Set(item, "wasMember", row.History.WasMember);
        Set(item, "wasReferrer", row.History.WasReferrer);
        Set(item, "members", row.History.Members ?? DigestSet.Empty);
        Set(item, "namesNothing", row.History.Members is { Count: 0 });
        Set(item, "referrers", row.History.Referrers);
        Set(item, "readAt", row.History.ReadAt);
        Set(item, "pulledBefore", row.History.PulledBefore);
        if (row.RankedAt is { } rankedAt)
            item["newest"] = Place(DateTimeOffset.MaxValue.UtcTicks - rankedAt.UtcTicks, row.Digest);
        if (row.DueFrom is { } dueFrom)
            item["due"] = Place(dueFrom.UtcTicks, row.Digest);
        return item;
    }

    static Item New(AttributeValue key, long revision) =>
        new(StringComparer.Ordinal) { ["v"] = Number(1), ["digest"] = key, ["revision"] = Number(revision) };

    static AttributeValue Place(long ticks, Digest digest) => Text($"1#{ticks.ToString("D19", CultureInfo.InvariantCulture)}#{digest}");

    static void Set(Item item, string name, DateTimeOffset? time)
    {
        if (time is { } at)
            item[name] = Text(Iso(at));
    }

    static void Set(Item item, string name, bool flag)
    {
        if (flag)
            item[name] = new AttributeValue { BOOL = true };
    }

    static void Set(Item item, string name, DigestSet digests)
    {
        if (digests.Count > 0)
            item[name] = new AttributeValue { SS = [.. digests.Select(d => d.Value)] };
    }

    static void Set(Item item, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
            item[name] = new AttributeValue { L = [.. texts.Select(Text)] };
    }

    static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    static AttributeValue Text(string text) => new() { S = text };

    static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
