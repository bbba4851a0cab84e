using Amazon.ECR.Model;

namespace PushPruner.Aws.Ecr;

/// <summary>Reads ECR's <c>ImageDetail</c>.</summary>
static class ImageDetails
{
    /// <summary>Null when ECR gave no digest that can be read: what has no name can be neither counted nor deleted.</summary>
    public static Manifest? Read(ImageDetail detail)
    {
        if (!Digest.TryParse(detail.ImageDigest, out var digest))
            return null;

        var hasSubject = !string.IsNullOrEmpty(detail.SubjectManifestDigest);
        var isSubjectReadable = Digest.TryParse(detail.SubjectManifestDigest, out var subject);
        return new Manifest
        {
            Digest = digest,
            Tags = detail.ImageTags ?? [],
            PushedAt = Utc(detail.ImagePushedAt),
            LastActivatedAt = Utc(detail.LastActivatedAt),
            LastPulledAt = Utc(detail.LastRecordedPullTime),
            Bytes = detail.ImageSizeInBytes ?? 0,
            MediaType = Shared(detail.ImageManifestMediaType),
            ArtifactMediaType = string.IsNullOrEmpty(detail.ArtifactMediaType) ? null : Shared(detail.ArtifactMediaType),
            Subject = isSubjectReadable ? subject : null,
            // A subject that can't be read would make a referrer look like an image.
            Status = hasSubject && !isSubjectReadable ? ManifestStatus.Unknown : StatusOf(detail.ImageStatus?.Value),
        };
    }

    // Each answer has texts of its own, and a repository of 100,000 images has four different ones.
    static string? Shared(string? mediaType) => mediaType is null ? null : Array.Find(Common, common => common == mediaType) ?? mediaType;

    static readonly string[] Common =
    [
        MediaTypes.OciManifest, MediaTypes.DockerManifest, MediaTypes.OciIndex, MediaTypes.DockerManifestList,
        "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json",
    ];

    // Absent in answers from before images could be archived.
    static ManifestStatus StatusOf(string? status) => status switch
    {
        null or "ACTIVE" => ManifestStatus.Active,
        "ARCHIVED" => ManifestStatus.Archived,
        "ACTIVATING" => ManifestStatus.Activating,
        _ => ManifestStatus.Unknown,
    };

    // Cut to whole milliseconds, in this one place: the SDK cuts a number so, but not a text, and a row must compare equal whichever build
    // wrote it.
    static DateTimeOffset? Utc(DateTime? time)
    {
        if (time is not { } given)
            return null;

        var utc = given.ToUniversalTime();
        return new DateTimeOffset(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond)), TimeSpan.Zero);
    }
}
