using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Lambda.Annotations;
using PushPruner.Lambda;
using PushPruner.Testing;
using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.StandIns;

/// <summary>What the build does with AWS's own packages, as far as it can be seen without them.</summary>
public class BothModes
{
    static readonly string Lambda = Path.Combine(Checkout.Root, "src", "PushPruner.Lambda", "PushPruner.Lambda.csproj");

    [Fact]
    public void HaveTheMainOfTheProgramItself() =>
        typeof(Functions).Assembly.GetCustomAttribute<LambdaGlobalPropertiesAttribute>()!.GenerateMain.ShouldBeFalse();

    [Theory]
    [InlineData("standin")]
    [InlineData("registry")]
    public async Task CompileTheSameFilesOfTheFunctions(string packages)
    {
        var folder = Path.GetDirectoryName(Lambda)!;
        var there = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories);

        var items = (await EvaluatedAsync(packages, "-getItem:Compile"))["Items"]!["Compile"]!.AsArray();

        var compiled = items.Select(item => item!["Identity"]!.GetValue<string>()).Where(file => !Path.IsPathRooted(file));
        compiled.ShouldBe(there.Select(file => Path.GetRelativePath(folder, file)), ignoreOrder: true);
    }

    [Theory]
    [InlineData]
    [InlineData("-p:BootstrapRuntime=linux-arm64")]
    public async Task LeaveTheLockFilesToTheStandIns(params string[] arguments)
    {
        string[] asked = ["-getProperty:NuGetLockFilePath", "-getProperty:RestorePackagesWithLockFile", .. arguments];

        var properties = (await EvaluatedAsync("registry", asked))["Properties"]!;

        properties["RestorePackagesWithLockFile"]!.GetValue<string>().ShouldBeEmpty();
        var lockFile = properties["NuGetLockFilePath"]!.GetValue<string>();
        lockFile.ShouldStartWith(Path.Combine(Checkout.Root, "artifacts"));
        File.Exists(lockFile).ShouldBeFalse();
    }

    [Fact]
    public async Task BuildIntoFoldersOfTheirOwn()
    {
        var folders = new List<string>();
        foreach (var packages in (string[])["standin", "registry"])
        {
            var evaluated = await EvaluatedAsync(packages, "-getProperty:BaseIntermediateOutputPath", "-getProperty:OutputPath");
            folders.Add(evaluated["Properties"]!["BaseIntermediateOutputPath"]!.GetValue<string>());
        }

        folders.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    static async Task<JsonNode> EvaluatedAsync(string packages, params string[] arguments)
    {
        var result = await Command.RunAsync("dotnet", ["msbuild", Lambda, $"-p:AwsPackages={packages}", .. arguments]);
        result.ShouldNotBeNull();
        result.ExitCode.ShouldBe(0, result.Output + result.Error);
        return JsonNode.Parse(result.Output)!;
    }
}
