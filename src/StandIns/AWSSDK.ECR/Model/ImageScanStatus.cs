namespace Amazon.ECR.Model;

public partial class ImageScanStatus
{
    public ScanStatus Status { get; set; }

    public string Description { get; set; }
}
