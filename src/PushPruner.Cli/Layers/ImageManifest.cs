using PushPruner.Cli.Saved;

namespace PushPruner.Cli.Layers;

/// <summary>What the manifest of an image, or of anything else that is no index, says is stored for it.</summary>
static class ImageManifest
{
    /// <summary>
    /// Its config and layers. Layers that are fetched from elsewhere are left out: ECR doesn't hold them. Null when the text isn't what the
    /// digest names, or doesn't say it, as manifests of schema 1 don't say sizes.
    /// </summary>
    public static IReadOnlyList<Blob>? Read(Digest digest, string? text)
    {
        if (text is null || !digest.IsOf(text))
            return null;

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The latter two: half of a surrogate pair. As an escape it is valid JSON, but no text.
            return null;
        }
    }

    static List<Blob>? Read(JsonElement manifest)
    {
        var hasConfig = manifest.TryGetProperty("config", out var config);
        var layers = manifest.TryGetProperty("layers", out var list) && list.ValueKind == JsonValueKind.Array ? list : (JsonElement?)null;
        if (!hasConfig && layers is null)
            return null;

        var blobs = new List<Blob>();
        IEnumerable<JsonElement> descriptors = [.. layers?.EnumerateArray().AsEnumerable() ?? []];
        foreach (var descriptor in hasConfig ? descriptors.Prepend(config) : descriptors)
        {
            if (descriptor.ValueKind != JsonValueKind.Object
                || !Digest.TryParse(SavedDetail.Text(descriptor, "digest"), out var digest)
                || !descriptor.TryGetProperty("size", out var size)
                || size.ValueKind != JsonValueKind.Number
                || !size.TryGetInt64(out var bytes)
                || bytes < 0)
            {
                return null;
            }

            if (!IsElsewhere(descriptor))
                blobs.Add(new Blob(digest, bytes));
        }

        return blobs;
    }

    static bool IsElsewhere(JsonElement descriptor) =>
        (descriptor.TryGetProperty("urls", out var urls) && urls.ValueKind == JsonValueKind.Array && urls.GetArrayLength() > 0)
        || SavedDetail.Text(descriptor, "mediaType") is { } type
            && (type.Contains(".foreign.", StringComparison.Ordinal) || type.Contains(".nondistributable.", StringComparison.Ordinal));
}

/// <summary>A layer or a config, as a manifest names it.</summary>
readonly record struct Blob(Digest Digest, long Bytes);
