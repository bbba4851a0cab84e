namespace Amazon.Lambda.Model;

public partial class ListFunctionsRequest : AmazonLambdaRequest
{
    public string Marker { get; set; }
}
