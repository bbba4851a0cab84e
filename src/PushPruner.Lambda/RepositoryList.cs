namespace PushPruner.Lambda;

/// <summary>The answer of <c>ListRepositories</c>.</summary>
/// <param name="Repositories">Those that <c>REPOSITORIES</c> includes; perhaps none of them, and yet there are more to come.</param>
/// <param name="NextToken">Asks for what comes next; null after the last.</param>
public sealed record RepositoryList(IReadOnlyList<string> Repositories, string? NextToken);
