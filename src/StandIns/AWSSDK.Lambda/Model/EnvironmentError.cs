namespace Amazon.Lambda.Model;

public partial class EnvironmentError
{
    public string ErrorCode { get; set; }

    public string Message { get; set; }
}
