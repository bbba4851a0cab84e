namespace Amazon.ECR.Model;

public partial class TagResourceRequest : AmazonECRRequest
{
    public string ResourceArn { get; set; }

    public List<Tag> Tags { get; set; }
}
