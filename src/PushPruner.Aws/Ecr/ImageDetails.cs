using Amazon.ECR.Model;

namespace PushPruner.Aws.Ecr;

/// <summary>Reads ECR's <c>ImageDetail</c>.</summary>
static class ImageDetails
{
    /// <summary>Null if ECR gave no readable digest: such an image can be neither counted nor deleted.</summary>
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
            // With an unreadable subject, a referrer would look like an image.
            Status = hasSubject && !isSubjectReadable ? ManifestStatus.Unknown : StatusOf(detail.ImageStatus?.Value),
        };
    }

    // Each answer has its own copies of the text, and a repository of 100,000 images has four different ones.
    static string? Shared(string? mediaType) => mediaType is null ? null : Array.Find(Common, common => common == mediaType) ?? mediaType;

    static readonly string[] Common =
    [
        MediaTypes.OciManifest, MediaTypes.DockerManifest, MediaTypes.OciIndex, MediaTypes.DockerManifestList,
        "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json",
    ];

    // Answers had no status before images could be archived.
    static ManifestStatus StatusOf(string? status) => status switch
    {
        null or "ACTIVE" => ManifestStatus.Active,
        "ARCHIVED" => ManifestStatus.Archived,
        "ACTIVATING" => ManifestStatus.Activating,
        _ => ManifestStatus.Unknown,
    };

    // Cut to whole milliseconds, because the SDK does so with a number but not with a text. Rows must be equal whichever of them ECR sent.
    static DateTimeOffset? Utc(DateTime? time)
    {
        if (time is not { } given)
            return null;

        var utc = given.ToUniversalTime();
        return new DateTimeOffset(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond)), TimeSpan.Zero);
    }
}
