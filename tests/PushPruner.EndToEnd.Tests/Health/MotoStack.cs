using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using PushPruner.Testing;
using PushPruner.Testing.Programs;
using PushPruner.Testing.Wire;

namespace PushPruner.EndToEnd.Tests.Health;

/// <summary>The translated template as a stack of another emulator's, and the health script that asks it.</summary>
sealed class MotoStack
{
    /// <summary>Where the code of all functions lies.</summary>
    public const string Bucket = "artifacts";

    readonly AwsCli aws;
    readonly RecordingProxy proxy;
    readonly string name;
    Dictionary<string, string> outputs = [];

    MotoStack(Uri moto, RecordingProxy proxy, string name)
    {
        aws = new AwsCli(moto);
        this.proxy = proxy;
        this.name = name;
    }

    /// <param name="moto">The server.</param>
    /// <param name="proxy">Before it, with an address for the code that can be reached.</param>
    /// <param name="machine">The machine type in the header of the function's code.</param>
    /// <param name="packages">Which packages the code says it was built with; empty if it says nothing.</param>
    /// <param name="parameters">Such as <c>DryRun</c>.</param>
    public static async Task<MotoStack> DeployAsync(
        Uri moto,
        RecordingProxy proxy,
        JsonNode template,
        string name,
        byte machine,
        string packages,
        params (string Name, string Value)[] parameters)
    {
        var stack = new MotoStack(moto, proxy, name);
        var own = template.DeepClone();
        // moto has no alarms, whose ARNs the dashboard names.
        own["Resources"]!.AsObject().Remove("Dashboard");
        own["Outputs"]!.AsObject().Remove("DashboardUrl");
        own["Resources"]!["OnImagePushed"]!["Properties"]!["Code"] = new JsonObject { ["S3Bucket"] = Bucket, ["S3Key"] = $"{name}.zip" };
        using var files = new TemporaryFolder();
        await File.WriteAllTextAsync(files.In("template.json"), own.ToJsonString(), TestContext.Current.CancellationToken);
        await WriteCodeAsync(files.In("code.zip"), machine, packages);

        await stack.AskAsync("s3api", "create-bucket", "--bucket", Bucket);
        await stack.AskAsync(
            "s3api",
            "put-object",
            "--bucket",
            Bucket,
            "--key",
            $"{name}.zip",
            "--acl",
            "public-read",
            "--body",
            files.In("code.zip"));
        await stack.AskAsync([
            "cloudformation",
            "create-stack",
            "--stack-name",
            name,
            "--template-body",
            $"file://{files.In("template.json")}",
            "--capabilities",
            "CAPABILITY_IAM",
            "--parameters",
            .. parameters.Append(("Architecture", "x86_64")).Select(p => $"ParameterKey={p.Item1},ParameterValue={p.Item2}"),
        ]);
        var described = await stack.AskAsync("cloudformation", "describe-stacks", "--stack-name", name);
        stack.outputs = described!["Stacks"]![0]!["Outputs"]!
            .AsArray()
            .ToDictionary(o => o!["OutputKey"]!.GetValue<string>(), o => o!["OutputValue"]!.GetValue<string>());
        return stack;
    }

    public string Output(string key) => outputs[key];

    /// <summary>What the AWS CLI answers, for a test to change what is deployed.</summary>
    public async Task<JsonNode?> AskAsync(params string[] arguments)
    {
        var answer = await aws.RunAsync(arguments);
        answer.ExitCode.ShouldBe(0, answer.Error);
        return answer.Output.Length == 0 ? null : JsonNode.Parse(answer.Output);
    }

    public Task<Command> HealthAsync() =>
        HealthScript.RunAsync("--stack", name, "--region", "us-east-1", "--endpoint-url", proxy.Url.ToString());

    // As much of an executable as has its machine type and its packages.
    static async Task WriteCodeAsync(string path, byte machine, string packages)
    {
        await using var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, TestContext.Current.CancellationToken);
        await using var bootstrap = await zip.CreateEntry("bootstrap").OpenAsync(TestContext.Current.CancellationToken);
        await bootstrap.WriteAsync(
            new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, machine, 0 },
            TestContext.Current.CancellationToken);
        if (packages.Length > 0)
        {
            await bootstrap.WriteAsync(
                Encoding.UTF8.GetBytes($"\0PushPruner AwsPackages={packages}\n\0"), TestContext.Current.CancellationToken);
        }
    }
}
