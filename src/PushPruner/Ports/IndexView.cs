namespace PushPruner.Ports;

/// <summary>What one read of the index found.</summary>
/// <param name="State">Null when the index has never seen the repository.</param>
/// <param name="Rows">The rows there are, by digest.</param>
/// <param name="ProtectingTag">Who bears the tag asked for; null when that isn't known.</param>
public sealed record IndexView(RepositoryState? State, IReadOnlyDictionary<Digest, IndexRow> Rows, ProtectingTag? ProtectingTag = null);
