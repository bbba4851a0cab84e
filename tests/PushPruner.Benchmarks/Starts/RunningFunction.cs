using System.Diagnostics;
using System.Text;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Functions;

namespace PushPruner.Benchmarks.Starts;

/// <summary>A function's process before a registry, as Lambda would start it.</summary>
sealed class RunningFunction : IAsyncDisposable
{
    readonly LocalFunction function;
    readonly FunctionProcess process;

    RunningFunction(LocalFunction function, FunctionProcess process) => (this.function, this.process) = (function, process);

    public TimeSpan SinceStart => TimeProvider.System.GetElapsedTime(process.StartedAt);

    public int Peak => MemoryOf.Process(process.Id).Peak;

    public long Logged => process.Log.Sum(line => Encoding.UTF8.GetByteCount(line) + 1L);

    public TimeSpan Processor
    {
        get
        {
            using var running = Process.GetProcessById(process.Id);
            return running.TotalProcessorTime;
        }
    }

    public static async Task<RunningFunction> StartAsync(
        FunctionProgram program,
        LocalRegistry registry,
        LocalAwsServer server,
        DynamoDbServer dynamo,
        string table,
        CancellationToken cancellationToken)
    {
        const string handler = "OnImagePushed";
        var function = await LocalFunction.StartAsync(
            handler, new LocalFunctionOptions { Region = registry.Options.Region }, TimeProvider.System, cancellationToken);
        var process = FunctionProcess.Start(
            program,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ANNOTATIONS_HANDLER"] = handler,
                ["AWS_LAMBDA_RUNTIME_API"] = function.RuntimeApi,
                ["AWS_LAMBDA_FUNCTION_NAME"] = "pruner",
                ["AWS_REGION"] = registry.Options.Region,
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_ENDPOINT_URL_ECR"] = server.Url.ToString(),
                ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamo.Url.ToString(),
                ["INDEX_TABLE"] = table,
            });
        var running = new RunningFunction(function, process);
        await function.FirstPoll.WaitAsync(cancellationToken);
        return running;
    }

    /// <returns>How long the answer took.</returns>
    public async Task<TimeSpan> HandleAsync(RegistryEvent evt, CancellationToken cancellationToken)
    {
        var sent = TimeProvider.System.GetTimestamp();
        var answer = await function.InvokeAsync(evt.Json, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(sent);
        return answer.Succeeded ? took : throw new InvalidOperationException($"the function failed: {answer.Payload}");
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await function.DisposeAsync();
    }
}
