namespace PushPruner.LocalAws;

public sealed record DescribeRepositoriesAnswer
{
    public required IReadOnlyList<RepositoryDetail> Repositories { get; init; }

    public string? NextToken { get; init; }
}
