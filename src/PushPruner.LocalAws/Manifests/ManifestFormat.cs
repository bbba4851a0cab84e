namespace PushPruner.LocalAws;

public enum ManifestFormat
{
    Oci,
    Docker,
}
