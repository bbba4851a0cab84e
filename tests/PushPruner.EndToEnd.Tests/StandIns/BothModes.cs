using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Lambda.Annotations;
using PushPruner.EndToEnd.Tests.Given;
using PushPruner.Lambda;
using PushPruner.Testing;

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
        var files = (await EvaluatedAsync(packages, "-getItem:Compile"))["Items"]!["Compile"]!.AsArray().Select(item => item!["Identity"]!.GetValue<string>());

        files.Where(file => !Path.IsPathRooted(file)).ShouldBe(
            Directory.EnumerateFiles(Path.GetDirectoryName(Lambda)!, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.GetDirectoryName(Lambda)!, file)),
            ignoreOrder: true);
    }

    [Theory]
    [InlineData]
    [InlineData("-p:BootstrapRuntime=linux-arm64")]
    public async Task LeaveTheLockFilesToTheStandIns(params string[] arguments)
    {
        var evaluated = await EvaluatedAsync("registry", ["-getProperty:NuGetLockFilePath", "-getProperty:RestorePackagesWithLockFile", "-getProperty:ArtifactsPath", .. arguments]);
        var properties = evaluated["Properties"]!;

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
            folders.Add((await EvaluatedAsync(packages, "-getProperty:OutputPath", "-getProperty:BaseIntermediateOutputPath"))["Properties"]!["BaseIntermediateOutputPath"]!.GetValue<string>());

        folders.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    static async Task<JsonNode> EvaluatedAsync(string packages, params string[] arguments)
    {
        var said = await Command.RunAsync("dotnet", ["msbuild", Lambda, $"-p:AwsPackages={packages}", .. arguments]);
        said.ShouldNotBeNull();
        said.ExitCode.ShouldBe(0, said.Output + said.Error);
        return JsonNode.Parse(said.Output)!;
    }
}
