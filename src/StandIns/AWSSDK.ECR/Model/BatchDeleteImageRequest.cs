namespace Amazon.ECR.Model;

public partial class BatchDeleteImageRequest : AmazonECRRequest
{
    public string RegistryId { get; set; }

    public string RepositoryName { get; set; }

    public List<ImageIdentifier> ImageIds { get; set; }
}
