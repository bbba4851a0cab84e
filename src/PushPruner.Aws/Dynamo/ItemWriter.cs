using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>Builds an item of this version. Null and empty values get no attribute.</summary>
sealed class ItemWriter
{
    // A tombstone has little else. DynamoDB allows an item 400 KB, with the names of its attributes.
    const int MostTagBytes = 380_000;
    const int BytesBesideEachTag = 4;

    readonly Item item = [];

    public ItemWriter() => Number(Attributes.Version, Attributes.CurrentVersion);

    public ItemWriter Text(string name, string? value)
    {
        if (value is not null)
            item[name] = new AttributeValue { S = value };
        return this;
    }

    public ItemWriter Number(string name, long? value)
    {
        if (value is { } number)
            item[name] = new AttributeValue { N = number.ToString(CultureInfo.InvariantCulture) };
        return this;
    }

    public ItemWriter Flag(string name, bool value)
    {
        if (value)
            item[name] = new AttributeValue { BOOL = true };
        return this;
    }

    public ItemWriter Time(string name, DateTimeOffset? value) => Text(name, value is { } time ? ItemText.Of(time) : null);

    public ItemWriter Span(string name, TimeSpan? value) => Text(name, value is { } span ? ItemText.Of(span) : null);

    public ItemWriter Texts(string name, IEnumerable<string> values)
    {
        var texts = values.Select(v => new AttributeValue { S = v }).ToList();
        if (texts.Count > 0)
            item[name] = new AttributeValue { L = texts };
        return this;
    }

    /// <summary>As a set of texts, to which members can be added without reading it.</summary>
    public ItemWriter Digests(string name, DigestSet? digests)
    {
        if (digests is { Count: > 0 })
            item[name] = new AttributeValue { SS = [.. digests.Select(d => d.Value)] };
        return this;
    }

    /// <summary>As many of a tombstone's tags as it has room for.</summary>
    public ItemWriter Tags(IReadOnlyList<string> tags)
    {
        var left = MostTagBytes;
        var fitting = 0;
        while (fitting < tags.Count && (left -= Encoding.UTF8.GetByteCount(tags[fitting]) + BytesBesideEachTag) >= 0)
            fitting++;
        return Texts(Attributes.Tags, [.. tags.Take(fitting)]).Flag(Attributes.TagsCut, fitting < tags.Count);
    }

    public ItemWriter Map(string name, Item? value)
    {
        if (value is not null)
            item[name] = new AttributeValue { M = value };
        return this;
    }

    public Item ToItem() => item;
}
