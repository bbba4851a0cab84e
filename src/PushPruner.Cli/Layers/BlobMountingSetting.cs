namespace PushPruner.Cli.Layers;

/// <summary>The account's setting as <c>GetAccountSetting</c> gives it.</summary>
static class BlobMountingSetting
{
    public const string Name = "BLOB_MOUNTING";

    public static BlobMounting Read(string? value) => value switch
    {
        "ENABLED" => BlobMounting.On,
        "DISABLED" => BlobMounting.Off,
        _ => BlobMounting.Unknown,
    };
}
