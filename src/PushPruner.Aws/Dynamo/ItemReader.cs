using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>Reads the attributes of an item. If one is missing or of the wrong form, the whole item is unreadable.</summary>
sealed class ItemReader(Item item)
{
    public bool IsReadable { get; private set; } = true;

    public static bool IsOfNewerVersion(Item item) => new ItemReader(item).NumberOrNull(Attributes.Version) > Attributes.CurrentVersion;

    public static bool IsOfOlderVersion(Item item) => new ItemReader(item).NumberOrNull(Attributes.Version) < Attributes.CurrentVersion;

    public void RequireCurrentVersion() => RequireVersionSince(Attributes.CurrentVersion);

    public void RequireVersionSince(long oldest)
    {
        var version = Number(Attributes.Version);
        Require(version >= oldest && version <= Attributes.CurrentVersion);
    }

    public void Require(bool holds) => IsReadable &= holds;

    public string Text(string name) => Needed(TextOrNull(name)) ?? "";

    public string? TextOrNull(string name)
    {
        if (!item.TryGetValue(name, out var value))
            return null;

        Require(value.S is not null);
        return value.S;
    }

    public long Number(string name)
    {
        Require(item.ContainsKey(name));
        return NumberOrNull(name) ?? 0;
    }

    public long? NumberOrNull(string name)
    {
        if (!item.TryGetValue(name, out var value))
            return null;

        Require(long.TryParse(value.N, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number));
        return number;
    }

    public bool Flag(string name)
    {
        if (!item.TryGetValue(name, out var value))
            return false;

        Require(value.BOOL is not null);
        return value.BOOL == true;
    }

    public DateTimeOffset Time(string name) => Needed(TimeOrNull(name)) ?? default;

    public DateTimeOffset? TimeOrNull(string name)
    {
        if (TextOrNull(name) is not { } text)
            return null;

        Require(ItemText.TryReadTime(text, out var time));
        return time;
    }

    public TimeSpan? SpanOrNull(string name)
    {
        if (TextOrNull(name) is not { } text)
            return null;

        Require(ItemText.TryReadSpan(text, out var span));
        return span;
    }

    public Digest Digest(string name) => Needed(DigestOrNull(name)) ?? default;

    public Digest? DigestOrNull(string name)
    {
        if (TextOrNull(name) is not { } text)
            return null;

        Require(PushPruner.Digest.TryParse(text, out var digest));
        return digest;
    }

    public DigestSet Digests(string name)
    {
        if (!item.TryGetValue(name, out var value))
            return DigestSet.Empty;

        var digests = new List<PushPruner.Digest>();
        foreach (var text in value.SS ?? [])
        {
            Require(PushPruner.Digest.TryParse(text, out var digest));
            digests.Add(digest);
        }

        Require(digests.Count > 0);
        return new DigestSet(digests);
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (!item.TryGetValue(name, out var value))
            return [];

        Require(value.L is not null && value.L.TrueForAll(v => v.S is not null));
        return [.. (value.L ?? []).Select(v => v.S ?? "")];
    }

    public Item Map(string name)
    {
        AttributeValue? value = item.GetValueOrDefault(name);
        return Needed(value?.M) ?? [];
    }

    T? Needed<T>(T? value)
    {
        Require(value is not null);
        return value;
    }
}
