using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class PutImageResponse : AmazonWebServiceResponse
{
    public Image Image { get; set; }
}
