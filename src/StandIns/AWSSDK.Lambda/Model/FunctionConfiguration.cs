namespace Amazon.Lambda.Model;

public partial class FunctionConfiguration
{
    public EnvironmentResponse Environment { get; set; }

    public string FunctionName { get; set; }
}
