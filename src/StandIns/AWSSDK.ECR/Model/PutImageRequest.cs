namespace Amazon.ECR.Model;

public partial class PutImageRequest : AmazonECRRequest
{
    public string ImageDigest { get; set; }

    public string ImageManifest { get; set; }

    public string ImageManifestMediaType { get; set; }

    public string ImageTag { get; set; }

    public string RegistryId { get; set; }

    public string RepositoryName { get; set; }
}
