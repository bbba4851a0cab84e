namespace PushPruner.LocalAws;

/// <summary>Asks for what <c>docker login</c> takes. The distribution API here lets anybody in, with it or without.</summary>
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
