using System.Diagnostics.CodeAnalysis;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace PushPruner.Aws.Dynamo;

/// <summary>
/// The table's shape. It is final, because local secondary indexes cannot be changed once a table exists. Both are sparse: only an item
/// with the attribute has an entry.
/// </summary>
public static class IndexTable
{
    /// <summary>Whether DynamoDB allows this as the name of a table.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) =>
        text is { Length: >= 3 and <= 255 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>
    /// Creates the table for tests and for local use. In AWS the template creates it, with encryption, point-in-time recovery, deletion
    /// protection, and <c>expiresAt</c> as the time to live.
    /// </summary>
    public static CreateTableRequest Definition(string name) => new()
    {
        TableName = name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = [Text(Attributes.Repository), Text(Attributes.Digest), Text(Attributes.Newest), Text(Attributes.Due)],
        KeySchema = SortedBy(Attributes.Digest),
        LocalSecondaryIndexes = [Places(Attributes.Newest), Places(Attributes.Due)],
    };

    static LocalSecondaryIndex Places(string attribute) => new()
    {
        IndexName = attribute,
        KeySchema = SortedBy(attribute),
        Projection = new Projection { ProjectionType = ProjectionType.KEYS_ONLY },
    };

    static List<KeySchemaElement> SortedBy(string attribute) =>
    [
        new() { AttributeName = Attributes.Repository, KeyType = KeyType.HASH },
        new() { AttributeName = attribute, KeyType = KeyType.RANGE },
    ];

    static AttributeDefinition Text(string name) => new() { AttributeName = name, AttributeType = ScalarAttributeType.S };
}
