namespace PushPruner.Ports;

/// <summary>What one read of the index found.</summary>
/// <param name="State">Null when the index has never seen the repository.</param>
/// <param name="Rows">The rows there are, by digest.</param>
/// <param name="ProtectingTag">The entry of the tag asked for; null if none is known.</param>
public sealed record IndexView(RepositoryState? State, IReadOnlyDictionary<Digest, IndexRow> Rows, ProtectingTag? ProtectingTag = null);
