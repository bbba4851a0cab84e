using Amazon.Lambda.Core;

namespace PushPruner.Cli.Embedded;

/// <summary>What Lambda would tell the function of its invocation.</summary>
sealed class EmbeddedContext(string requestId, string functionArn, TimeSpan remaining) : ILambdaContext
{
    public string AwsRequestId => requestId;

    public IClientContext ClientContext => null!;

    public string FunctionName => functionArn[(functionArn.LastIndexOf(':') + 1)..];

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => functionArn;

    public ILambdaLogger Logger => null!;

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 256;

    public TimeSpan RemainingTime => remaining;
}
