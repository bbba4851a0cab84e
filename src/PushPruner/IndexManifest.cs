using System.Text.Json;

namespace PushPruner;

/// <summary>What an index names.</summary>
/// <param name="Members">All the digests that it names.</param>
/// <param name="Indexes">Those of them that it says are indexes themselves.</param>
public sealed record IndexManifest(DigestSet Members, DigestSet Indexes)
{
    /// <summary>The most members that are kept of one index: a row of the table holds 400 KB.</summary>
    public const int MostMembers = 2_000;

    /// <summary>
    /// Reads a Docker manifest list or an OCI index. Null when the text isn't what the digest names, can't be parsed, names something that is no
    /// digest, or names too many: what can't be read in full is not known at all.
    /// </summary>
    public static IndexManifest? Read(Digest digest, string? text)
    {
        if (text is null || !digest.IsOf(text))
            return null;

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("manifests", out var manifests)
                && manifests.ValueKind == JsonValueKind.Array
                && manifests.GetArrayLength() <= MostMembers
                    ? Read(manifests)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The latter two: half of a surrogate pair, be it in a name that is passed over. As an escape it is valid JSON, but no text.
            return null;
        }
    }

    static IndexManifest? Read(JsonElement manifests)
    {
        var members = new List<Digest>();
        var indexes = new List<Digest>();
        foreach (var descriptor in manifests.EnumerateArray())
        {
            if (descriptor.ValueKind != JsonValueKind.Object || !Digest.TryParse(Text(descriptor, "digest"), out var member))
                return null;

            members.Add(member);
            if (MediaTypes.IsIndex(Text(descriptor, "mediaType")))
                indexes.Add(member);
        }

        return new IndexManifest(new DigestSet(members), new DigestSet(indexes));
    }

    static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
