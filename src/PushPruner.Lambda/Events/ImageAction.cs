using System.Text.Json.Serialization;

namespace PushPruner.Lambda.Events;

/// <summary>
/// The <c>detail</c> of ECR's events on images. Amazon.Lambda.CloudWatchEvents has none for ECR. Every field may be missing: who
/// sends an event is not under our control.
/// </summary>
public sealed record ImageAction
{
    [JsonPropertyName("action-type")]
    public string? ActionType { get; init; }

    [JsonPropertyName("result")]
    public string? Result { get; init; }

    [JsonPropertyName("repository-name")]
    public string? RepositoryName { get; init; }

    [JsonPropertyName("image-digest")]
    public string? ImageDigest { get; init; }

    /// <summary>Empty, or absent, when the push had no tag.</summary>
    [JsonPropertyName("image-tag")]
    public string? ImageTag { get; init; }

    /// <summary>Absent in older events.</summary>
    [JsonPropertyName("manifest-media-type")]
    public string? ManifestMediaType { get; init; }

    /// <summary>Absent in older events.</summary>
    [JsonPropertyName("artifact-media-type")]
    public string? ArtifactMediaType { get; init; }
}
