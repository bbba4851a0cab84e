namespace Amazon.ECR.Model;

public partial class EncryptionConfiguration
{
    public EncryptionType EncryptionType { get; set; }

    public string KmsKey { get; set; }
}
