namespace PushPruner.Ports;

/// <summary>Some of the registry's repositories.</summary>
/// <param name="Next">Gives the next page; null after the last.</param>
public sealed record RepositoryPage(IReadOnlyList<string> Names, string? Next);
