namespace Amazon.ECR.Model;

public partial class ImageTagMutabilityExclusionFilter
{
    public string Filter { get; set; }

    public ImageTagMutabilityExclusionFilterType FilterType { get; set; }
}
