namespace Amazon.Lambda.Model;

public partial class EnvironmentResponse
{
    public EnvironmentError Error { get; set; }

    public Dictionary<string, string> Variables { get; set; }
}
