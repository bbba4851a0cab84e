namespace PushPruner.LocalAws;

public sealed record AuthorizationData
{
    /// <summary>User name and password in base 64, as basic authentication has them.</summary>
    public required string AuthorizationToken { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string ProxyEndpoint { get; init; }
}
