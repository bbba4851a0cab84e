using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class DescribeImagesResponse : AmazonWebServiceResponse
{
    public List<ImageDetail> ImageDetails { get; set; }

    public string NextToken { get; set; }
}
