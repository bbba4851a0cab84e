namespace Amazon.ECR.Model;

public partial class GetAccountSettingRequest : AmazonECRRequest
{
    public string Name { get; set; }
}
