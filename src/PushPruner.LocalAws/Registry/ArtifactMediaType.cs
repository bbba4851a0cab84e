namespace PushPruner.LocalAws;

/// <summary>What artifactMediaType is of a manifest that has both an artifactType and a config.</summary>
public enum ArtifactMediaType
{
    ArtifactType,
    ConfigMediaType,
}
