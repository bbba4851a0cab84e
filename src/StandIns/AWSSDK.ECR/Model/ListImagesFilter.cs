namespace Amazon.ECR.Model;

public partial class ListImagesFilter
{
    public TagStatus TagStatus { get; set; }

    public ImageStatusFilter ImageStatus { get; set; }
}
