namespace PushPruner.Ports;

/// <summary>
/// What to delete. With a tag, ECR refuses when the tag has moved to another digest, and an image that gained a tag meanwhile
/// survives. Without one, the manifest is deleted with every tag that it has.
/// </summary>
public sealed record ImageId(Digest Digest, string? Tag = null);
