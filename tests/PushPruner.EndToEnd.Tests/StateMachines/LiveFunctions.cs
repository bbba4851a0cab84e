using System.Text;
using System.Text.Json.Nodes;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>
/// The real functions, each in a process of its own as deployed, invoked over Lambda's API; ECR behind HTTP, a real DynamoDB server.
/// </summary>
sealed class LiveFunctions : IFunctions, IAsyncDisposable
{
    const string Region = "us-east-1";

    readonly List<IAsyncDisposable> running = [];
    readonly HttpClient client = new();

    LiveFunctions(LocalRegistry ecr, LocalAwsServer server)
    {
        Ecr = ecr;
        client.BaseAddress = server.Url;
        running.Add(server);
    }

    public LocalRegistry Ecr { get; }

    public DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    /// <param name="dynamoUrl">Where the functions find it, if not at the server itself.</param>
    /// <param name="environment">Beside what every deployment has.</param>
    public static async Task<LiveFunctions> StartAsync(
        DynamoDbServer dynamo, string table, Uri? dynamoUrl = null, params (string Name, string Value)[] environment)
    {
        await dynamo.CreateTableAsync(IndexTable.Definition(table), TestContext.Current.CancellationToken);
        var ecr = new LocalRegistry(new LocalRegistryOptions { Region = Region }, TimeProvider.System);
        var server = await LocalAwsServer.StartAsync(ecr);
        var live = new LiveFunctions(ecr, server);
        foreach (var name in new[] { "ListRepositories", "ReconcileRepository" })
        {
            var function = await LocalFunction.StartAsync(
                name, new LocalFunctionOptions { Region = Region, Timeout = TimeSpan.FromMinutes(5) }, TimeProvider.System);
            server.Add(function);
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ANNOTATIONS_HANDLER"] = name,
                ["AWS_LAMBDA_RUNTIME_API"] = function.RuntimeApi,
                ["AWS_LAMBDA_FUNCTION_NAME"] = "pruner",
                ["AWS_REGION"] = Region,
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_ENDPOINT_URL_ECR"] = server.Url.ToString(),
                ["AWS_ENDPOINT_URL_DYNAMODB"] = (dynamoUrl ?? dynamo.Url).ToString(),
                ["INDEX_TABLE"] = table,
                ["KEEP_NEWEST"] = "3",
            };
            foreach (var (variable, value) in environment)
                variables[variable] = value;
            live.running.Add(FunctionProcess.Start(FunctionProgram.OfDevelopment, variables));
            live.running.Add(function);
        }

        return live;
    }

    /// <summary>With images that are all older than X.</summary>
    public void HasRepository(string name, int images)
    {
        Ecr.CreateRepository(name);
        for (var n = 1; n <= images; n++)
            Ecr.Seed(name, ManifestFactory.Image($"{name}/old-{n}", 1_000).At(Now.AddDays(-40).AddHours(n), $"old-{n}"));
    }

    public async Task<JsonNode> InvokeAsync(string name, JsonObject payload)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/2015-03-31/functions/{name}/invocations");
        request.Content = new StringContent(payload.ToJsonString(), Encoding.UTF8);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=test/20260601/{Region}/lambda/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return response.Headers.Contains("X-Amz-Function-Error")
            ? throw new StateError(answer["errorType"]!.GetValue<string>(), answer.ToJsonString())
            : answer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(running))
            await one.DisposeAsync();
        client.Dispose();
    }
}
