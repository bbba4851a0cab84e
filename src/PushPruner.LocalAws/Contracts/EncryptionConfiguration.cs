namespace PushPruner.LocalAws;

public sealed record EncryptionConfiguration
{
    public string EncryptionType { get; init; } = "AES256";
}
