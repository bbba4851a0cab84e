namespace PushPruner;

/// <summary>ECR's <c>imageStatus</c>. Only active manifests are counted or deleted.</summary>
public enum ManifestStatus
{
    /// <summary>A status this version doesn't know. Doubt keeps.</summary>
    Unknown,
    Active,
    Archived,

    /// <summary>On its way back from the archive.</summary>
    Activating,
}
