using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class BatchDeleteImageResponse : AmazonWebServiceResponse
{
    public List<ImageIdentifier> ImageIds { get; set; }

    public List<ImageFailure> Failures { get; set; }
}
