using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

sealed class LambdaContext(RuntimeInvocation invocation, ILambdaSerializer serializer) : ILambdaContext
{
    readonly DateTimeOffset _deadline = DateTimeOffset.FromUnixTimeMilliseconds(Number(invocation.Header("Lambda-Runtime-Deadline-Ms")));

    public string AwsRequestId { get; } = invocation.Header("Lambda-Runtime-Aws-Request-Id");

    public string InvokedFunctionArn { get; } = invocation.Header("Lambda-Runtime-Invoked-Function-Arn");

    public string TraceId { get; } = invocation.Header("Lambda-Runtime-Trace-Id");

    public string TenantId { get; } = invocation.Header("Lambda-Runtime-Aws-Tenant-Id");

    public TimeSpan RemainingTime => _deadline - TimeProvider.System.GetUtcNow();

    public string FunctionName => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB => (int)Number(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));

    public ILambdaLogger Logger { get; } = new LambdaConsoleLogger();

    public ILambdaSerializer Serializer => serializer;

    // Only the mobile SDKs send these, and events of EventBridge have none.
    public IClientContext ClientContext => null;

    public ICognitoIdentity Identity => null;

    static long Number(string text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
