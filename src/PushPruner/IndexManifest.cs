using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PushPruner;

/// <summary>Reads what an index names.</summary>
public static class IndexManifest
{
    /// <summary>The most members that are kept of one index: a row of the table holds 400 KB.</summary>
    public const int MostMembers = 2_000;

    /// <summary>
    /// The digests that the index names, of Docker manifest lists and OCI indexes alike. Null when the text isn't what the digest names, can't be
    /// parsed, names something that is no digest, or names too many: what can't be read in full is not known at all.
    /// </summary>
    public static DigestSet? MembersIn(Digest digest, string? text)
    {
        if (text is null || !Names(digest, text))
            return null;

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("manifests", out var manifests)
                && manifests.ValueKind == JsonValueKind.Array
                && manifests.GetArrayLength() <= MostMembers
                    ? MembersIn(manifests)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static DigestSet? MembersIn(JsonElement manifests)
    {
        var members = new List<Digest>();
        foreach (var descriptor in manifests.EnumerateArray())
        {
            if (descriptor.ValueKind != JsonValueKind.Object || !descriptor.TryGetProperty("digest", out var digest)
                || digest.ValueKind != JsonValueKind.String || !Digest.TryParse(TextOf(digest), out var member))
            {
                return null;
            }

            members.Add(member);
        }

        return new DigestSet(members);
    }

    // A registry that answers with other bytes than it was asked for is not to be believed.
    static bool Names(Digest digest, string text) => digest.Value.Split(':')[0] switch
    {
        "sha256" => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) == digest.Hex,
        "sha512" => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(text))) == digest.Hex,
        _ => false,
    };

    static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON, but no text.
            return null;
        }
    }
}
