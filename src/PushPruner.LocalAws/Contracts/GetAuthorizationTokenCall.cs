namespace PushPruner.LocalAws;

/// <summary>Asks for what <c>docker login</c> takes. The distribution API here lets anybody in, with it or without.</summary>
public sealed record GetAuthorizationTokenCall : EcrCall<GetAuthorizationTokenAnswer>
{
    public override string Operation => "GetAuthorizationToken";

    internal override GetAuthorizationTokenAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}
