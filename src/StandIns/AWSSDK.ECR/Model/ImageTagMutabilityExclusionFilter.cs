namespace Amazon.ECR.Model;

public partial class ImageTagMutabilityExclusionFilter
{
    public ImageTagMutabilityExclusionFilterType FilterType { get; set; }

    public string Filter { get; set; }
}
