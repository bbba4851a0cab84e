using System.Globalization;
using Amazon.DynamoDBv2.Model;
using PushPruner.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>What must be true of the stored item for a write. Names are written as <c>#name</c>, values as <c>:name</c>.</summary>
sealed class Condition
{
    readonly Item values = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    readonly List<string> alternatives = [];

    Condition()
    {
    }

    public string Expression => string.Join(" OR ", alternatives);

    public Dictionary<string, string> Names => names;

    /// <summary>Null if there are none: DynamoDB refuses an empty map.</summary>
    public Item? Values => values.Count > 0 ? values : null;

    public static Condition Absent => new Condition().OrLacks(Attributes.Digest);

    public static Condition OfRevision(long revision) => revision == IndexRow.Unwritten ? Absent : new Condition().OrRevision(revision);

    public static Condition AbsentOrOfRevision(long revision) => Absent.OrRevision(revision);

    /// <summary>A tombstone or a lease of this request.</summary>
    public static Condition OfRequest(string requestId) =>
        new Condition().OrCompares(Attributes.RequestId, "=", new AttributeValue { S = requestId });

    /// <summary>No other request has a lease that ends between now and the latest possible end. Stored values may be of any type.</summary>
    public static Condition FreeForLease(Lease lease, DateTimeOffset now)
    {
        var condition = new Condition();
        var until = condition.Name(Attributes.Until);
        var over = condition.Value("now", new AttributeValue { S = ItemText.Of(now) });
        var latest = condition.Value("latest", new AttributeValue { S = ItemText.Of(now + Lease.Longest) });
        return condition.Or($"NOT ({until} > {over} AND {until} <= {latest})")
            .OrCompares(Attributes.RequestId, "=", new AttributeValue { S = lease.Holder });
    }

    /// <summary>No tombstone, or one of another push, or one past its lifetime, or one that says less.</summary>
    public static Condition FreeForTombstone(Tombstone tombstone, DateTimeOffset now)
    {
        var condition = Absent;
        if (!tombstone.IsFoundGone)
            condition.Or($"attribute_exists({condition.Name(Attributes.FoundGone)})");
        condition.OrCompares(Attributes.DeletedAt, "<=", new AttributeValue { S = ItemText.Of(now - Tombstone.Lifetime) });
        return tombstone.PushedAt is { } time
            ? condition.OrLacks(Attributes.PushedAt).OrCompares(Attributes.PushedAt, "<>", new AttributeValue { S = ItemText.Of(time) })
            : condition.Or($"attribute_exists({condition.Name(Attributes.PushedAt)})");
    }

    /// <summary>The item was not written since it was read. Its attributes may be of any type.</summary>
    public static Condition StillAs(Item seen)
    {
        var condition = new Condition();
        return condition.Or($"{condition.Same(Attributes.Revision, seen)} AND {condition.Same(Attributes.Version, seen)}");
    }

    string Same(string attribute, Item seen) => seen.TryGetValue(attribute, out var value)
        ? $"{Name(attribute)} = {Value(attribute, value)}"
        : $"attribute_not_exists({Name(attribute)})";

    Condition OrLacks(string attribute) => Or($"attribute_not_exists({Name(attribute)})");

    Condition OrRevision(long revision) =>
        OrCompares(Attributes.Revision, "=", new AttributeValue { N = revision.ToString(CultureInfo.InvariantCulture) });

    Condition OrCompares(string attribute, string comparison, AttributeValue value) =>
        Or($"{Name(attribute)} {comparison} {Value(attribute, value)}");

    Condition Or(string alternative)
    {
        alternatives.Add(alternative);
        return this;
    }

    string Name(string attribute)
    {
        names["#" + attribute] = attribute;
        return "#" + attribute;
    }

    string Value(string name, AttributeValue value)
    {
        values[":" + name] = value;
        return ":" + name;
    }
}
