using Amazon.DynamoDBv2.Model;
using PushPruner.EndToEnd.Tests.Layers;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Wire;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>The function in its own process, with its calls to DynamoDB recorded on their way to the server.</summary>
sealed class RecordedRun : IAsyncDisposable
{
    readonly RecordingProxy proxy;
    readonly LiveDeployment live;
    readonly HashSet<string> ecrOperations = new(StringComparer.Ordinal);

    readonly DynamoDbServer dynamo;

    RecordedRun(DynamoDbServer dynamo, RecordingProxy proxy, LiveDeployment live)
    {
        this.dynamo = dynamo;
        this.proxy = proxy;
        this.live = live;
    }

    public IReadOnlyList<RecordedCall> DynamoCalls => proxy.Calls;

    /// <summary>What the function asked of ECR.</summary>
    public IReadOnlySet<string> EcrOperations => ecrOperations;

    public static async Task<RecordedRun> StartAsync(DynamoDbServer dynamo, string table, params (string, string)[] environment)
    {
        var proxy = await RecordingProxy.StartAsync(dynamo.Url);
        return new(
            dynamo,
            proxy,
            await LiveDeployment.StartAsync(
                FunctionProgram.OfDevelopment,
                dynamo,
                table,
                [("AWS_ENDPOINT_URL_DYNAMODB", proxy.Url.ToString()), ("PROTECT_TAGS", "latest"), .. environment]));
    }

    /// <summary>
    /// First contact, a delete, a push that moves a protecting tag, a promotion, an index, overrides, images that are gone before they are
    /// asked for, the same event again, a row that can't be read, a wiped table, and a repository that ECR does not find once.
    /// </summary>
    public async Task DoEverythingAsync()
    {
        live.HasOldImages(6);
        live.Ecr.Calls.Clear();
        await live.PushAndHandleAsync("first");
        await PushIndexAsync("multi-arch");
        await PushTaggedTwiceAsync("second");
        await PushTaggedTwiceAsync("third");

        KeepCalls();
        live.Ecr.TagResource(
            new()
            {
                ResourceArn = $"arn:aws:ecr:us-east-1:123456789012:repository/{LiveDeployment.App}",
                Tags = [new() { Key = "pushpruner:keep-newest", Value = "2" }],
            });
        foreach (var gone in live.Ecr
                .Images(LiveDeployment.App)
                .Where(i => i.Tags.Any(t => t.StartsWith("old-", StringComparison.Ordinal)))
                .Take(2)
                .ToList())
        {
            live.Ecr.BatchDeleteImage(new() { RepositoryName = LiveDeployment.App, ImageIds = [new() { ImageDigest = gone.Digest }] });
        }

        live.Ecr.Calls.Clear();

        var fourth = live.Push("fourth");
        await live.HandleAsync(fourth);
        await live.HandleAsync(fourth);
        await live.HandleAsync(await InTheWayOfAsync(live.Push("fifth")));
        await live.WipeTableAsync();
        await live.PushAndHandleAsync("sixth");
        await MissOnceAsync(live.Push("seventh"));
        KeepCalls();
    }

    public async ValueTask DisposeAsync()
    {
        await live.DisposeAsync();
        await proxy.DisposeAsync();
    }

    // The log has the test's own calls as well: the pushes are these.
    void KeepCalls() =>
        ecrOperations.UnionWith(live.Ecr.Calls.All.Select(call => call.Operation).Where(operation => operation != "PutImage"));

    // A row of another version, which the function can't read.
    async Task<RegistryEvent> InTheWayOfAsync(RegistryEvent pushed)
    {
        using var client = dynamo.Client();
        var item = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["repository"] = new() { S = LiveDeployment.App },
            ["digest"] = new() { S = pushed.Digest },
            ["v"] = new() { N = "99" },
        };
        await client.PutItemAsync(live.Table, item, TestContext.Current.CancellationToken);
        return pushed;
    }

    // Whether the repository is really gone, ECR is asked again.
    async Task MissOnceAsync(RegistryEvent pushed)
    {
        live.Ecr.Faults.MissRepositoryOfNext("DescribeImages");
        (await live.InvokeAsync(pushed.Json)).FunctionError.ShouldNotBeNull();
    }

    async Task PushIndexAsync(string tag)
    {
        var member = ManifestFactory.Image("member", 1_000);
        await live.HandleAsync(live.Ecr.PutImage(member.Put(LiveDeployment.App)).Event!);
        await live.HandleAsync(live.Ecr.PutImage(ManifestFactory.ManifestList(member).Put(LiveDeployment.App, tag)).Event!);
    }

    async Task PushTaggedTwiceAsync(string tag)
    {
        var image = ManifestFactory.Image($"new/{tag}", 1_000);
        await live.HandleAsync(live.Ecr.PutImage(image.Put(LiveDeployment.App, tag)).Event!);
        await live.HandleAsync(live.Ecr.PutImage(image.Put(LiveDeployment.App, "latest")).Event!);
    }
}
