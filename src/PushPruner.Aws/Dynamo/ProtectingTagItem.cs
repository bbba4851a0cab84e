using PushPruner.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>A protecting tag and the row of its manifest, as an item.</summary>
static class ProtectingTagItem
{
    public static string SortKey(string tag) => Attributes.TagPrefix + tag;

    public static bool IsSortKey(string key) => key.StartsWith(Attributes.TagPrefix, StringComparison.Ordinal);

    public static Item Write(string repository, ProtectingTag protectingTag) => new ItemWriter()
        .Text(Attributes.Repository, repository)
        .Text(Attributes.Digest, SortKey(protectingTag.Tag))
        .Map(Attributes.Row, RowItem.WritePart(protectingTag.Row))
        .Number(Attributes.Revision, protectingTag.Revision)
        .ToItem();

    /// <summary>Null if it cannot be read: then it is not known which manifest has the tag.</summary>
    public static ProtectingTag? Read(Item item)
    {
        var reader = new ItemReader(item);
        reader.RequireVersionSince(Attributes.OldestReadVersion);
        var key = reader.Text(Attributes.Digest);
        var row = RowItem.Read(reader.Map(Attributes.Row));
        var revision = reader.Number(Attributes.Revision);
        return reader.IsReadable && row is not null && IsSortKey(key)
            ? new ProtectingTag { Tag = key[Attributes.TagPrefix.Length..], Row = row, Revision = revision }
            : null;
    }
}
