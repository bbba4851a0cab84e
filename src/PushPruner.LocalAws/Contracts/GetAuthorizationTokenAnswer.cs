namespace PushPruner.LocalAws;

public sealed record GetAuthorizationTokenAnswer
{
    public required IReadOnlyList<AuthorizationData> AuthorizationData { get; init; }
}
