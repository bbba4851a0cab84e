namespace PushPruner.LocalAws;

public sealed record GetAccountSettingCall : EcrCall<GetAccountSettingAnswer>
{
    public override string Operation => "GetAccountSetting";

    public string? Name { get; init; }

    internal override GetAccountSettingAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record GetAccountSettingAnswer
{
    public required string Name { get; init; }

    public required string Value { get; init; }
}
