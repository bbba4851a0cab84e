namespace PushPruner.Cli.Layers;

/// <summary>
/// The account's setting BLOB_MOUNTING: whether ECR stores a layer that several repositories have once for the registry, instead of once
/// for each repository.
/// </summary>
enum BlobMounting
{
    /// <summary>Nobody said; a layer is counted once a repository, and less may be freed.</summary>
    Unknown,

    Off,

    On,
}

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
