using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Layers;

/// <summary>All layers at once: the function's process on the runtime API, ECR behind HTTP, a real DynamoDB server.</summary>
sealed class LiveDeployment : IAsyncDisposable
{
    public const string App = "team/app";
    const string Region = "us-east-1";

    readonly DynamoDbServer dynamo;
    readonly LocalAwsServer server;
    readonly FunctionProcess process;

    LiveDeployment(
        DynamoDbServer dynamo,
        string table,
        LocalRegistry ecr,
        LocalAwsServer server,
        LocalFunction function,
        FunctionProcess process)
    {
        this.dynamo = dynamo;
        this.server = server;
        this.process = process;
        Table = table;
        Ecr = ecr;
        Function = function;
    }

    public string Table { get; }

    public LocalRegistry Ecr { get; }

    public LocalFunction Function { get; }

    public Uri Url => server.Url;

    public int ProcessId => process.Id;

    /// <summary>When the process was started, as a timestamp.</summary>
    public long StartedAt => process.StartedAt;

    /// <summary>What it logged, but for the lines of metrics.</summary>
    public IReadOnlyList<string> Log => [.. process.Log.Where(line => !EmfLine.IsOne(line))];

    public IReadOnlyList<EmfLine> Metrics => [.. process.Log.Where(EmfLine.IsOne).Select(EmfLine.Read)];

    public DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public IReadOnlyList<string> Tags => [.. Ecr.Images(App).SelectMany(i => i.Tags).Order(StringComparer.Ordinal)];

    /// <param name="environment">Beside what every deployment has; an empty value takes one of these away.</param>
    public static async Task<LiveDeployment> StartAsync(
        FunctionProgram program, DynamoDbServer dynamo, string table, params (string Name, string Value)[] environment)
    {
        await dynamo.CreateTableAsync(IndexTable.Definition(table), TestContext.Current.CancellationToken);
        return await StartWithoutTableAsync(program, dynamo, table, environment);
    }

    public static async Task<LiveDeployment> StartWithoutTableAsync(
        FunctionProgram program, DynamoDbServer dynamo, string table, params (string Name, string Value)[] environment)
    {
        var ecr = new LocalRegistry(new LocalRegistryOptions { Region = Region }, TimeProvider.System);
        ecr.CreateRepository(App);
        var server = await LocalAwsServer.StartAsync(ecr);
        var options = new LocalFunctionOptions
        {
            Region = Region, Timeout = TimeSpan.FromMinutes(5), RetryDelays = [TimeSpan.Zero, TimeSpan.Zero],
        };
        var handler = environment.FirstOrDefault(e => e.Name == "ANNOTATIONS_HANDLER").Value is { Length: > 0 } other
            ? other
            : "OnImagePushed";
        var function = await LocalFunction.StartAsync(handler, options, TimeProvider.System);
        server.Add(function);

        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ANNOTATIONS_HANDLER"] = handler,
            ["AWS_LAMBDA_RUNTIME_API"] = function.RuntimeApi,
            // As the template has it.
            ["AWS_LAMBDA_LOG_FORMAT"] = "JSON",
            // Without it Powertools leaves its lines to the runtime, which puts each into a line of its own.
            ["AWS_LAMBDA_FUNCTION_NAME"] = "pruner",
            ["AWS_REGION"] = Region,
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_ENDPOINT_URL_ECR"] = server.Url.ToString(),
            ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamo.Url.ToString(),
            ["INDEX_TABLE"] = table,
            ["KEEP_NEWEST"] = "3",
        };
        foreach (var (name, value) in environment)
            variables[name] = value;
        return new LiveDeployment(dynamo, table, ecr, server, function, FunctionProcess.Start(program, variables));
    }

    public void HasOldImages(int count)
    {
        for (var n = 1; n <= count; n++)
            Ecr.Seed(App, ManifestFactory.Image($"old-{n}", 1_000).At(Now.AddDays(-40).AddHours(n), $"old-{n}"));
    }

    public RegistryEvent Push(string tag) => Ecr.PutImage(ManifestFactory.Image($"new/{tag}", 1_000).Put(App, tag)).Event!;

    /// <summary>Asks for it as <c>aws lambda invoke</c> does.</summary>
    public async Task<JsonNode> InvokeOverHttpAsync(string payload)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, $"2015-03-31/functions/{Function.Arn}/invocations"));
        request.Content = new StringContent(payload);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=test/20260601/{Region}/lambda/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task<FunctionAnswer> InvokeAsync(string payload) =>
        await Function.InvokeAsync(payload, TestContext.Current.CancellationToken);

    public async Task<JsonNode> HandleAsync(RegistryEvent evt)
    {
        var answer = await InvokeAsync(evt.Json);
        answer.FunctionError.ShouldBeNull(answer.Payload);
        return JsonNode.Parse(answer.Payload)!;
    }

    public Task<JsonNode> PushAndHandleAsync(string tag) => HandleAsync(Push(tag));

    public async Task WipeTableAsync()
    {
        using var client = dynamo.Client();
        var scanned = await client.ScanAsync(new ScanRequest { TableName = Table }, TestContext.Current.CancellationToken);
        foreach (var item in scanned.Items)
        {
            var key = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
            {
                ["repository"] = item["repository"],
                ["digest"] = item["digest"],
            };
            await client.DeleteItemAsync(Table, key, TestContext.Current.CancellationToken);
        }
    }

    public Task TerminateAsync() => process.TerminateAsync(TestContext.Current.CancellationToken);

    public Task<int> ExitCodeAsync() => process.ExitCodeAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await Function.DisposeAsync();
        await server.DisposeAsync();
    }
}
