using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PushPruner.LocalAws;

/// <summary>What a registry reads out of a manifest when it is pushed.</summary>
sealed record ManifestFacts
{
    internal string? MediaType { get; init; }

    internal string? ArtifactMediaType { get; init; }

    internal string? SubjectDigest { get; init; }

    internal bool IsIndex { get; init; }

    internal IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Config and layers, compressed. Layers that images share count for each of them.</summary>
    internal long ContentSize { get; init; }

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
        var isIndex = members is not null;
        var config = Member(root, "config", JsonValueKind.Object);
        return new()
        {
            MediaType = Text(root, "mediaType"),
            IsIndex = isIndex,
            Members = [.. (members ?? []).Select(member => Text(member, "digest")).OfType<string>().Distinct(StringComparer.Ordinal)],
            // Events and rows of an index carry no artifact media type; those of an image the type of its config.
            ArtifactMediaType = isIndex ? null : Text(root, "artifactType") ?? (config is { } typed ? Text(typed, "mediaType") : null),
            SubjectDigest = Member(root, "subject", JsonValueKind.Object) is { } subject ? Text(subject, "digest") : null,
            ContentSize = (config is { } sized ? Size(sized) : 0) + (Items(root, "layers") ?? []).Sum(Size),
        };
    }

    static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    static IReadOnlyList<JsonElement>? Items(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.Array) is { } array
            ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)]
            : null;

    static string? Text(JsonElement element, string name) => Member(element, name, JsonValueKind.String)?.GetString();

    static long Size(JsonElement descriptor) =>
        Member(descriptor, "size", JsonValueKind.Number) is { } size && size.TryGetInt64(out var bytes) ? bytes : 0;
}
