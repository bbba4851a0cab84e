using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class TagResourceResponse : AmazonWebServiceResponse;
