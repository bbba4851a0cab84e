namespace PushPruner.LocalAws;

public sealed record ScanningConfiguration
{
    public bool ScanOnPush { get; init; }
}
