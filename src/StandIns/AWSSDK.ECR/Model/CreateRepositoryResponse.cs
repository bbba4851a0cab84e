using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class CreateRepositoryResponse : AmazonWebServiceResponse
{
    public Repository Repository { get; set; }
}
