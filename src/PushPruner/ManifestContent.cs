using System.Text.Json;

namespace PushPruner;

/// <summary>What a manifest's own bytes say.</summary>
/// <param name="Members">Of a manifest list, the digests that it names; null for any other manifest.</param>
/// <param name="Lists">Those of them that it says are manifest lists themselves.</param>
/// <param name="Kind">What it is, see <see cref="Rules.Kind"/>.</param>
public sealed record ManifestContent(DigestSet? Members, DigestSet Lists, string Kind)
{
    /// <summary>The most members that are kept of one manifest list: a row of the table holds 400 KB.</summary>
    public const int MostMembers = 2_000;

    /// <summary>
    /// Reads a Docker manifest list or an OCI index. Null when the text isn't what the digest names, can't be parsed, names something that
    /// is no digest, or names too many: what can't be read in full is not known at all.
    /// </summary>
    public static ManifestContent? ReadList(Digest digest, string? text) => Read(digest, text, ListOf);

    /// <summary>Reads a manifest that names layers. Null when the text isn't what the digest names, or can't be parsed.</summary>
    public static ManifestContent? ReadPlain(Digest digest, string? text) => Read(digest, text, PlainOf);

    static ManifestContent? Read(Digest digest, string? text, Func<JsonElement, ManifestContent?> read)
    {
        if (text is null || !digest.IsOf(text))
            return null;

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The latter two: half of a surrogate pair, be it in a name that is passed over. As an escape it is valid JSON, but no text.
            return null;
        }
    }

    static ManifestContent? ListOf(JsonElement root)
    {
        if (!root.TryGetProperty("manifests", out var entries)
            || entries.ValueKind != JsonValueKind.Array
            || entries.GetArrayLength() > MostMembers)
        {
            return null;
        }

        var members = new List<Digest>();
        var lists = new List<Digest>();
        string? artifactType = null;
        var hasPlatform = false;
        foreach (var entry in entries.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object || !Digest.TryParse(Text(entry, "digest"), out var member))
                return null;

            hasPlatform |= HasPlatform(entry);
            artifactType ??= Text(entry, "artifactType") is { Length: > 0 } type ? type : null;
            // ECR stores sha256 digests alone: a member by another name can't be in the repository, and ECR refuses to be asked for it.
            if (!member.IsSha256)
                continue;

            members.Add(member);
            if (MediaTypes.IsManifestList(Text(entry, "mediaType")))
                lists.Add(member);
        }

        var kind = hasPlatform || artifactType is null ? Rules.Kind.Image : Rules.Kind.Bounded(artifactType);
        return new ManifestContent(new DigestSet(members), new DigestSet(lists), kind);
    }

    static ManifestContent? PlainOf(JsonElement root)
    {
        var layers =
            root.TryGetProperty("layers", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(layer => layer.ValueKind == JsonValueKind.Object ? Text(layer, "mediaType") : null).ToList()
                : [];
        var config =
            root.TryGetProperty("config", out var named) && named.ValueKind == JsonValueKind.Object ? Text(named, "mediaType") : null;
        return new ManifestContent(Members: null, DigestSet.Empty, Rules.Kind.OfPlain(Text(root, "artifactType"), config, layers));
    }

    static bool HasPlatform(JsonElement entry)
    {
        if (!entry.TryGetProperty("platform", out var platform) || platform.ValueKind != JsonValueKind.Object)
            return false;

        var (os, architecture) = (Text(platform, "os"), Text(platform, "architecture"));
        return (os, architecture) is not ((null or "" or "unknown"), (null or "" or "unknown"));
    }

    static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
