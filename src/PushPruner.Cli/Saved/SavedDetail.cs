using PushPruner.Lambda.Events;

namespace PushPruner.Cli.Saved;

/// <summary>
/// One <c>imageDetail</c>, with the fields that the rule needs. What is absent or null isn't known; what is wrong is refused.
/// </summary>
static class SavedDetail
{
    public static void Read(JsonElement detail, string source, ListingBuilder collected)
    {
        if (detail.ValueKind != JsonValueKind.Object)
            throw new InputException($"{source}: one of its images is no JSON object but {detail.ValueKind}");
        if (!Digest.TryParse(Text(detail, "imageDigest"), out var digest))
        {
            throw new InputException(
                $"{source}: imageDigest is {Shown(detail, "imageDigest")}: a digest such as sha256:<64 hex digits>; "
                    + "save the listing whole, without --query");
        }

        var repository = Text(detail, "repositoryName");
        if (!RepositoryName.IsValid(repository))
            throw Wrong("repositoryName", "the repository's name; save the listing whole, without --query");
        if (Text(detail, "registryId") is { } registry)
            collected.IsOf(registry, source);

        var subject = Text(detail, "subjectManifestDigest");
        var isSubjectReadable = Digest.TryParse(subject, out var subjectDigest);
        collected.Add(repository!, new Manifest
        {
            Digest = digest,
            Tags = Tags(),
            PushedAt = Time("imagePushedAt"),
            LastActivatedAt = Time("lastActivatedAt"),
            LastPulledAt = Time("lastRecordedPullTime"),
            Bytes = Size(),
            MediaType = Text(detail, "imageManifestMediaType"),
            ArtifactMediaType = Text(detail, "artifactMediaType") is { Length: > 0 } artifact ? artifact : null,
            Subject = isSubjectReadable ? subjectDigest : null,
            Status = !string.IsNullOrEmpty(subject) && !isSubjectReadable ? ManifestStatus.Unknown : Status(),
        }, source);

        DateTimeOffset? Time(string name)
        {
            if (Value(detail, name) is not { } value)
                return null;

            var (time, hasZone) =
                SavedTime.Read(value) ?? throw Wrong(name, "a time such as \"2026-03-01T08:15:00+00:00\" or 1772352900.0");
            collected.IsZoneMissing |= !hasZone;
            return time;
        }

        IReadOnlyList<string> Tags() => Value(detail, "imageTags") switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list =>
            [
                .. list.EnumerateArray()
                    .Select(t => t.ValueKind == JsonValueKind.String ? t.GetString()! : throw Wrong("imageTags", "a list of tags")),
            ],
            _ => throw Wrong("imageTags", "a list of tags"),
        };

        long Size() => Value(detail, "imageSizeInBytes") switch
        {
            null => 0,
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var size) && size >= 0 => size,
            _ => throw Wrong("imageSizeInBytes", "a number of bytes, 0 or more"),
        };

        ManifestStatus Status() => Text(detail, "imageStatus") switch
        {
            null or "ACTIVE" => ManifestStatus.Active,
            "ARCHIVED" => ManifestStatus.Archived,
            "ACTIVATING" => ManifestStatus.Activating,
            _ => ManifestStatus.Unknown,
        };

        InputException Wrong(string name, string allowed) =>
            new($"{source}: {name} of {digest} is {Shown(detail, name)}: {allowed}");
    }

    public static string? Text(JsonElement parent, string name) =>
        Value(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    static JsonElement? Value(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    static string Shown(JsonElement parent, string name)
    {
        const int longest = 100;
        var text = parent.TryGetProperty(name, out var value) ? SafeText.Line(value.GetRawText()) : "missing";
        return text.Length <= longest ? text : $"{text[..longest]}...";
    }
}
