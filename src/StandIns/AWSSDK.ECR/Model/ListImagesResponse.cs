using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class ListImagesResponse : AmazonWebServiceResponse
{
    public List<ImageIdentifier> ImageIds { get; set; }

    public string NextToken { get; set; }
}
