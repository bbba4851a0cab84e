using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class GetAccountSettingResponse : AmazonWebServiceResponse
{
    public string Name { get; set; }

    public string Value { get; set; }
}
