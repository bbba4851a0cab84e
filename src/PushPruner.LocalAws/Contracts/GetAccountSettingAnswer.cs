namespace PushPruner.LocalAws;

public sealed record GetAccountSettingAnswer
{
    public required string Name { get; init; }

    public required string Value { get; init; }
}
