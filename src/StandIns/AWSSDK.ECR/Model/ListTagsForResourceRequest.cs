namespace Amazon.ECR.Model;

public partial class ListTagsForResourceRequest : AmazonECRRequest
{
    public string ResourceArn { get; set; }
}
