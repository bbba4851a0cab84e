using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class DescribeRepositoriesResponse : AmazonWebServiceResponse
{
    public List<Repository> Repositories { get; set; }

    public string NextToken { get; set; }
}
