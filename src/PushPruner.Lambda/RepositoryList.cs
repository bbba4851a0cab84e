namespace PushPruner.Lambda;

/// <summary>The answer of <c>ListRepositories</c>.</summary>
/// <param name="Repositories">Those that <c>REPOSITORIES</c> includes. It may be empty although more follow.</param>
/// <param name="NextToken">For the next request; null after the last.</param>
public sealed record RepositoryList(IReadOnlyList<string> Repositories, string? NextToken);
