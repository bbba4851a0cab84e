namespace PushPruner.LocalAws;

/// <summary>An error as a service of AWS answers it.</summary>
public class AwsError : Exception
{
    internal AwsError(string code, string message, int httpStatus = 400)
        : base(message)
    {
        Code = code;
        HttpStatus = httpStatus;
    }

    /// <summary>"ImageNotFoundException", for one.</summary>
    public string Code { get; }

    public int HttpStatus { get; }
}
