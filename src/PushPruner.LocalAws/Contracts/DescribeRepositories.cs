namespace PushPruner.LocalAws;

public sealed record DescribeRepositoriesCall : EcrCall<DescribeRepositoriesAnswer>
{
    public override string Operation => "DescribeRepositories";

    public IReadOnlyList<string>? RepositoryNames { get; init; }

    public string? NextToken { get; init; }

    public int? MaxResults { get; init; }

    internal override int IdCount => RepositoryNames?.Count ?? 0;

    internal override string? Target => RepositoryNames is [var only] ? only : null;

    internal override DescribeRepositoriesAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record DescribeRepositoriesAnswer
{
    public required IReadOnlyList<RepositoryDetail> Repositories { get; init; }

    public string? NextToken { get; init; }
}
