namespace Amazon.ECR.Model;

public partial class DescribeImagesRequest : AmazonECRRequest
{
    public DescribeImagesFilter Filter { get; set; }

    public List<ImageIdentifier> ImageIds { get; set; }

    public int? MaxResults { get; set; }

    public string NextToken { get; set; }

    public string RegistryId { get; set; }

    public string RepositoryName { get; set; }
}
