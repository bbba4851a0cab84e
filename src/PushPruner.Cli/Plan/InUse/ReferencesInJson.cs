using System.Collections.Frozen;
using System.Text;

namespace PushPruner.Cli.Plan.InUse;

/// <summary>Finds in what <c>kubectl -o json</c>, <c>aws ecs describe-tasks</c> and the like print the values that name an image.</summary>
static class ReferencesInJson
{
    // Of pods, tasks and task definitions, functions, and docker.
    static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "image",
        "images",
        "imageId",
        "imageDigest",
        "imageUri",
        "resolvedImageUri",
        "repoDigests",
        "repoTags");

    /// <summary>Null when the text is no JSON. A list of texts is taken for a list of images, as --query and jq give it.</summary>
    public static IReadOnlyList<string>? Read(string text)
    {
        var found = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(
                Encoding.UTF8.GetBytes(text),
                new JsonReaderOptions { AllowMultipleValues = true, AllowTrailingCommas = true }
            );
            while (reader.Read())
            {
                using var document = JsonDocument.ParseValue(ref reader);
                Collect(document.RootElement, isImage: true, found);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: the escape of half of a surrogate pair is valid JSON, but no text.
            return null;
        }

        return found;
    }

    static void Collect(JsonElement element, bool isImage, List<string> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String when isImage:
                found.Add(element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Collect(item, isImage, found);
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Collect(property.Value, Names.Contains(property.Name), found);
                break;
        }
    }
}
