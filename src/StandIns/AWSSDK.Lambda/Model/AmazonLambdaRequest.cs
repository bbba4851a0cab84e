using Amazon.Runtime;

namespace Amazon.Lambda.Model;

public partial class AmazonLambdaRequest : AmazonWebServiceRequest;
