using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class ListTagsForResourceResponse : AmazonWebServiceResponse
{
    public List<Tag> Tags { get; set; }
}
