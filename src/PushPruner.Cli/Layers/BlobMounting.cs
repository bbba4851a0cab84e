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
