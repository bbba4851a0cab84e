namespace PushPruner.Ports;

/// <summary>All that the index holds of a repository's live manifests.</summary>
public sealed record IndexContents(IReadOnlyDictionary<Digest, IndexRow> Rows, IReadOnlyDictionary<string, ProtectingTag> ProtectingTags);
