namespace PushPruner.LocalAws;

public sealed record RepositoryAnswer
{
    public required RepositoryDetail Repository { get; init; }
}
