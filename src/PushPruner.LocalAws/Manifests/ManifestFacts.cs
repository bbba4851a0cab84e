using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PushPruner.LocalAws;

/// <summary>What a registry reads out of a manifest when it is pushed.</summary>
sealed record ManifestFacts
{
    internal string? MediaType { get; init; }

    internal string? ConfigMediaType { get; init; }

    /// <summary>The type that the manifest itself names.</summary>
    internal string? ArtifactType { get; init; }

    /// <summary>As the JSON text of an object.</summary>
    internal string? Annotations { get; init; }

    internal string? SubjectDigest { get; init; }

    internal bool IsManifestList { get; init; }

    internal IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The digests of config and layers, but for layers that are kept elsewhere.</summary>
    internal IReadOnlyList<string> Blobs { get; init; } = [];

    /// <summary>Config and layers, compressed. Layers that images share count for each of them.</summary>
    internal long ContentSize { get; init; }

    /// <summary>As in events and rows. A manifest list has none, whatever it says of itself.</summary>
    internal string? ArtifactMediaType(ArtifactMediaType of) =>
        IsManifestList ? null
        : of == LocalAws.ArtifactMediaType.ArtifactType ? ArtifactType ?? ConfigMediaType
        : ConfigMediaType ?? ArtifactType;

    internal static string DigestOf(string manifest) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)));

    /// <exception cref="JsonException">It is no JSON object.</exception>
    internal static ManifestFacts Read(string manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException("A manifest is a JSON object.");

        var members = Items(root, "manifests");
        var isManifestList = members is not null;
        var config = Member(root, "config", JsonValueKind.Object);
        var content = (config is { } first ? [first] : Array.Empty<JsonElement>()).Concat(Items(root, "layers") ?? []).ToList();
        return new()
        {
            MediaType = Text(root, "mediaType"),
            IsManifestList = isManifestList,
            Members = [.. (members ?? []).Select(member => Text(member, "digest")).OfType<string>().Distinct(StringComparer.Ordinal)],
            ConfigMediaType = config is { } typed ? Text(typed, "mediaType") : null,
            ArtifactType = Text(root, "artifactType"),
            Annotations = Member(root, "annotations", JsonValueKind.Object)?.GetRawText(),
            SubjectDigest = Member(root, "subject", JsonValueKind.Object) is { } subject ? Text(subject, "digest") : null,
            Blobs =
            [
                .. content
                    .Where(each => Items(each, "urls") is null)
                    .Select(each => Text(each, "digest"))
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            ContentSize = content.Select(Size).Aggregate(0L, (sum, size) => size > long.MaxValue - sum ? long.MaxValue : sum + size),
        };
    }

    static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    static IReadOnlyList<JsonElement>? Items(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.Array) is { } array
            ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)]
            : null;

    static string? Text(JsonElement element, string name)
    {
        try
        {
            return Member(element, name, JsonValueKind.String)?.GetString();
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException($"{name} is no text: half of a surrogate pair stands for nothing.", error);
        }
    }

    static long Size(JsonElement descriptor) =>
        Member(descriptor, "size", JsonValueKind.Number) is { } size && size.TryGetInt64(out var bytes) ? Math.Max(bytes, 0) : 0;
}
