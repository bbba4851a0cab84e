namespace Amazon.ECR.Model;

public partial class DescribeImagesFilter
{
    public TagStatus TagStatus { get; set; }

    public ImageStatusFilter ImageStatus { get; set; }
}
