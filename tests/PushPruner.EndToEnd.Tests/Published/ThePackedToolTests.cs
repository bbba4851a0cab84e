using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>What <c>dotnet pack</c> makes, installed and run as a person would.</summary>
public sealed class ThePackedToolTests
{
    [Fact]
    public async Task The_command_line_is_installed_as_a_dotnet_tool_and_plans_from_a_saved_listing()
    {
        using var folder = new TemporaryFolder();
        var packed = await Command.RunAsync(
            Checkout.Root,
            "dotnet",
            "pack",
            "src/PushPruner.Cli",
            "--no-build",
            "--configuration",
            Configuration,
            "--output",
            folder.In("packages"),
            "--verbosity",
            "quiet");
        packed.ExitCode.ShouldBe(0, packed.Output);

        // From this folder alone: the package brings all that it needs.
        var installed = await Command.RunAsync(
            Checkout.Root,
            "dotnet",
            "tool",
            "install",
            "PushPruner.Cli",
            "--tool-path",
            folder.In("tools"),
            "--source",
            folder.In("packages"));
        installed.ExitCode.ShouldBe(0, installed.Output);

        var planned = await Command.RunAsync(
            Checkout.Root,
            folder.In("tools/pushpruner"),
            "plan",
            "--from",
            "events/listings",
            "--at",
            "2026-06-01");
        planned.ExitCode.ShouldBe(0, planned.Output);
        planned.Output.ShouldContain("shop/orders");
    }

    // The folder that the tests were built into is named for it.
    static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;
}
