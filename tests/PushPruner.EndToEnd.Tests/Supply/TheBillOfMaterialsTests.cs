using System.Text.Json.Nodes;
using PushPruner.Testing;
using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.Supply;

/// <summary>What scripts/sbom writes.</summary>
public sealed class TheBillOfMaterialsTests
{
    [Theory]
    [InlineData("PushPruner.Lambda")]
    [InlineData("PushPruner.Cli")]
    public async Task It_has_every_package_of_the_program_s_lock_file_with_its_licence(string program)
    {
        var written = await WrittenAsync();
        var bill = JsonNode.Parse(
            await File.ReadAllTextAsync(
                written.Single(path => path.Contains(program, StringComparison.Ordinal)), TestContext.Current.CancellationToken))!;
        var components = bill["components"]!
            .AsArray()
            .ToDictionary(
                c => new LockedPackage(c!["name"]!.GetValue<string>(), c["version"]!.GetValue<string>()),
                c => c!["licenses"]?[0]!["license"]!["id"]?.GetValue<string>());

        bill["bomFormat"]!.GetValue<string>().ShouldBe("CycloneDX");
        bill["metadata"]!["component"]!["name"]!.GetValue<string>().ShouldBe(program);
        components.Keys.ShouldBe(LockedPackage.Of(Path.Combine(Checkout.Root, "src", program, "packages.lock.json")), ignoreOrder: true);
        components.ShouldAllBe(c => c.Value != null);
    }

    static async Task<IReadOnlyList<string>> WrittenAsync()
    {
        var result = await Command.RunAsync(Path.Combine(Checkout.Root, "scripts", "sbom"), []);
        Assert.SkipWhen(result is null, "scripts/sbom can't be started: it needs bash");
        Assert.SkipWhen(result.ExitCode == 3, $"this machine's package sources don't have the tool: {result.Error}");
        result.ExitCode.ShouldBe(0, result.Error);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.Combine(Checkout.Root, line))];
    }
}
