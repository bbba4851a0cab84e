using Amazon.Lambda.Core;

namespace PushPruner.Cli.Replay;

/// <summary>What Lambda would tell the function of its invocation.</summary>
sealed class ReplayContext(string requestId, string region, string account) : ILambdaContext
{
    public string AwsRequestId => requestId;

    public IClientContext ClientContext => null!;

    public string FunctionName => "replay";

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => $"arn:aws:lambda:{region}:{account}:function:replay";

    public ILambdaLogger Logger => null!;

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 256;

    public TimeSpan RemainingTime => TimeSpan.FromMinutes(15);
}
