namespace Amazon.ECR.Model;

public partial class ListImagesFilter
{
    public ImageStatusFilter ImageStatus { get; set; }

    public TagStatus TagStatus { get; set; }
}
