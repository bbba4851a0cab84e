namespace Amazon.ECR.Model;

public partial class DescribeImagesFilter
{
    public ImageStatusFilter ImageStatus { get; set; }

    public TagStatus TagStatus { get; set; }
}
