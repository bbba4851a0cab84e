namespace PushPruner.Cli.Saved;

/// <summary>One JSON document: an answer of ECR's, or the list out of one that <c>--query</c> left.</summary>
static class SavedAnswer
{
    public static void Read(JsonElement root, string source, ListingBuilder collected)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            ReadDetails(root, source, collected);
            return;
        }

        if (root.ValueKind != JsonValueKind.Object)
            throw Unknown(source, $"it is no JSON object but {root.ValueKind}");
        if (List(root, "imageDetails") is { } details)
        {
            RefusePart(root, source);
            ReadDetails(details, source, collected);
        }
        else if (List(root, "images") is { } images)
        {
            ReadTexts(images, source, collected);
        }
        else if (root.TryGetProperty("imageDigest", out _))
        {
            SavedDetail.Read(root, source, collected);
        }
        else if (SavedDetail.Text(root, "name") == BlobMountingSetting.Name && SavedDetail.Text(root, "value") is { } value)
        {
            // What get-account-setting prints.
            collected.BlobMounting = BlobMountingSetting.Read(value);
        }
        else if (root.TryGetProperty("repository", out _) && root.TryGetProperty("at", out _))
        {
            throw new InputException(
                $"{source}: it is a history of pushes and no listing: simulate --history reads it, and so does replay");
        }
        else
        {
            throw Unknown(source, Known(root));
        }
    }

    static void ReadDetails(JsonElement details, string source, ListingBuilder collected)
    {
        foreach (var detail in details.EnumerateArray())
            SavedDetail.Read(detail, source, collected);
    }

    static void ReadTexts(JsonElement images, string source, ListingBuilder collected)
    {
        foreach (var image in images.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object))
        {
            var named =
                image.TryGetProperty("imageId", out var id) && id.ValueKind == JsonValueKind.Object
                    ? SavedDetail.Text(id, "imageDigest")
                    : null;
            if (!Digest.TryParse(named, out var digest) || SavedDetail.Text(image, "imageManifest") is not { } text)
            {
                throw new InputException(
                    $"{source}: one of its images has no imageDigest or no imageManifest: save it whole, without --query");
            }

            collected.Add(digest, text);
        }
    }

    // A rank in a part of a repository is lower than it is: a plan from it would keep too much, and say that this is all.
    static void RefusePart(JsonElement root, string source)
    {
        foreach (var name in (string[])["nextToken", "NextToken"])
        {
            if (root.TryGetProperty(name, out var token) && token.ValueKind == JsonValueKind.String)
            {
                throw new InputException(
                    $"{source}: it is only a part of the repository ({name} says that there is more): save it again without --max-items "
                        + $"and --no-paginate");
            }
        }
    }

    static string Known(JsonElement root) => root switch
    {
        _ when List(root, "imageIds") is not null => "it is what list-images prints, which has no times",
        _ when List(root, "repositories") is not null => "it is what describe-repositories prints, which has no images",
        _ when List(root, "imageTagDetails") is not null => "it is of ECR Public, which PushPruner doesn't serve",
        _ => "it has no imageDetails",
    };

    static InputException Unknown(string source, string why) =>
        new($"{source}: {why}; save a listing with: {SavedListingReader.HowToSave}");

    static JsonElement? List(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list : null;
}
