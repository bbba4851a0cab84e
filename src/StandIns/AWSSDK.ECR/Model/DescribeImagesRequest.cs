namespace Amazon.ECR.Model;

public partial class DescribeImagesRequest : AmazonECRRequest
{
    public string RegistryId { get; set; }

    public string RepositoryName { get; set; }

    public List<ImageIdentifier> ImageIds { get; set; }

    public string NextToken { get; set; }

    public int? MaxResults { get; set; }

    public DescribeImagesFilter Filter { get; set; }
}
