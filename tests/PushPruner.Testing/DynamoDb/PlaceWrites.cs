using Amazon.DynamoDBv2.Model;
using PushPruner.Aws.Dynamo;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Testing.DynamoDb;

/// <summary>
/// The write units of local secondary indexes, which dynalite leaves out: one where an item takes a place or gives it up, two where it
/// moves, none where it stays. All that stands in a place is smaller than a unit.
/// </summary>
static class PlaceWrites
{
    static readonly string[] Places = [.. IndexTable.Definition("any").LocalSecondaryIndexes.Select(i => i.IndexName)];

    public static double Of(Item? before, Item? after) => Places.Sum(place => (TextOf(before, place), TextOf(after, place)) switch
    {
        (null, null) => 0,
        (null, _) or (_, null) => 1,
        var (from, to) => from == to ? 0 : 2,
    });

    /// <summary>Of an update that gives all places up, or leaves all as they are.</summary>
    public static double Of(Item? before, UpdateItemRequest update) =>
        Of(before, update.UpdateExpression.Contains("REMOVE", StringComparison.Ordinal) ? null : before);

    static string? TextOf(Item? item, string name) => item?.GetValueOrDefault(name)?.S;
}
