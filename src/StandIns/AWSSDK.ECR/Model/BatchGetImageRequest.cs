namespace Amazon.ECR.Model;

public partial class BatchGetImageRequest : AmazonECRRequest
{
    public List<string> AcceptedMediaTypes { get; set; }

    public List<ImageIdentifier> ImageIds { get; set; }

    public string RegistryId { get; set; }

    public string RepositoryName { get; set; }
}
