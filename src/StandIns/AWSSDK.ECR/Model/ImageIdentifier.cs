namespace Amazon.ECR.Model;

public partial class ImageIdentifier
{
    public string ImageDigest { get; set; }

    public string ImageTag { get; set; }
}
