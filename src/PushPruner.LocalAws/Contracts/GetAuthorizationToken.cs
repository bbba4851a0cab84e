namespace PushPruner.LocalAws;

/// <summary>Asks for the password of <c>docker login</c>. The local distribution API checks no password.</summary>
public sealed record GetAuthorizationTokenCall : EcrCall<GetAuthorizationTokenAnswer>
{
    public override string Operation => "GetAuthorizationToken";

    internal override GetAuthorizationTokenAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record GetAuthorizationTokenAnswer
{
    public required IReadOnlyList<AuthorizationData> AuthorizationData { get; init; }
}

public sealed record AuthorizationData
{
    /// <summary>User name and password in base 64, as basic authentication has them.</summary>
    public required string AuthorizationToken { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string ProxyEndpoint { get; init; }
}
