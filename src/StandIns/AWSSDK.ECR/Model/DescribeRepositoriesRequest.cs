namespace Amazon.ECR.Model;

public partial class DescribeRepositoriesRequest : AmazonECRRequest
{
    public int? MaxResults { get; set; }

    public string NextToken { get; set; }

    public string RegistryId { get; set; }

    public List<string> RepositoryNames { get; set; }
}
