namespace Amazon.ECR.Model;

public partial class ImageFailure
{
    public ImageIdentifier ImageId { get; set; }

    public ImageFailureCode FailureCode { get; set; }

    public string FailureReason { get; set; }
}
