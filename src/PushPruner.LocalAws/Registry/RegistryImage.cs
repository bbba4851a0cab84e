namespace PushPruner.LocalAws;

/// <summary>An image of a snapshot, for assertions. Tags are in ordinal order, and empty when there are none.</summary>
public sealed record RegistryImage(
    string Digest,
    IReadOnlyList<string> Tags,
    DateTimeOffset? PushedAt,
    string Status,
    long? SizeInBytes,
    string? MediaType,
    string? SubjectDigest,
    DateTimeOffset? LastRecordedPullTime)
{
    public bool IsTagged => Tags.Count > 0;
}
