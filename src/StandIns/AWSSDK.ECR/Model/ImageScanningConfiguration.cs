namespace Amazon.ECR.Model;

public partial class ImageScanningConfiguration
{
    public bool? ScanOnPush { get; set; }
}
