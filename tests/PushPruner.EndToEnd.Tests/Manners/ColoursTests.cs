using PushPruner.EndToEnd.Tests.Given;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Manners;

public sealed class ColoursTests
{
    const string Coloured = "\e[38;";

    [Fact]
    public async Task A_terminal_gets_colours() => (await PlanOnATerminalAsync()).ShouldContain(Coloured);

    [Fact]
    public async Task A_terminal_whose_owner_wants_none_gets_none() => (await PlanOnATerminalAsync(("NO_COLOR", "1"))).ShouldNotContain(Coloured);

    [Fact]
    public async Task A_file_gets_none()
    {
        var planned = await Command.RunAsync("dotnet", ["exec", Program, "plan", "--from", Listings, "--at", "2026-06-01", "--details"], ("TERM", "xterm-256color"));

        planned!.ExitCode.ShouldBe(0, planned.Error);
        planned.Output.ShouldNotContain("\e");
    }

    static string Program => Path.Combine(AppContext.BaseDirectory, "PushPruner.Cli.dll");

    static string Listings => Path.Combine(Checkout.Root, "events", "listings");

    static async Task<string> PlanOnATerminalAsync(params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "there is no terminal to be had");
        var command = $"dotnet exec '{Program}' plan --from '{Listings}' --at 2026-06-01 --details";
        var planned = await Command.RunAsync("/usr/bin/script", ["--quiet", "--return", "--command", command, "/dev/null"], [("TERM", "xterm-256color"), .. environment]);
        planned!.ExitCode.ShouldBe(0, planned.Output);
        return planned.Output;
    }
}
