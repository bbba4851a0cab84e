namespace PushPruner.Ports;

/// <summary>
/// What to delete. With a tag, ECR refuses when the tag has moved to another digest, and an image that gained a tag in the meantime is
/// kept. Without one, the manifest is deleted with every tag that it has.
/// </summary>
public sealed record ImageId(Digest Digest, string? Tag = null);
