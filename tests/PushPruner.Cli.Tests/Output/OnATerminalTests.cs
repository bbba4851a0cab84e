using PushPruner.Testing;
using PushPruner.Testing.Programs;

namespace PushPruner.Cli.Tests.Output;

public sealed class OnATerminalTests
{
    const string Coloured = "\e[38;";

    [Fact]
    public async Task A_terminal_gets_colours() => (await PlanOnATerminalAsync()).ShouldContain(Coloured);

    [Fact]
    public async Task A_terminal_whose_owner_wants_none_gets_none() =>
        (await PlanOnATerminalAsync(("NO_COLOR", "1"))).ShouldNotContain(Coloured);

    [Fact]
    public async Task A_file_gets_none()
    {
        var planned = await Command.RunAsync(
            "dotnet", ["exec", Program, "plan", "--from", Listings, "--at", "2026-06-01", "--details"], ("TERM", "xterm-256color"));

        planned!.ExitCode.ShouldBe(0, planned.Error);
        planned.Output.ShouldNotContain("\e");
    }

    [Fact]
    public async Task A_narrow_terminal_gets_fewer_columns_and_loses_no_name()
    {
        var simulated = await OnATerminalAsync(
            $"stty cols 80; dotnet exec '{Program}' simulate --from '{Listings}' --at 2026-06-01 --policy 5/14 --policy 20/90 2>/dev/null");

        var lines = simulated.ReplaceLineEndings("\n").Split('\n');
        foreach (var name in (string[])
                [
                    "│ Policy             │",
                    "│ without pruning    │",
                    "│ newest 10, 30 days │",
                    "│ Month   │  none │ 10/30 │  5/14 │",
                    "│ 2026-05 │",
                ])
        {
            lines.ShouldContain(line => line.Contains(name, StringComparison.Ordinal), name);
        }

        lines.Where(line => line.Contains('│') || line.Contains('█')).ShouldAllBe(line => line.TrimEnd().Length <= 80);
    }

    [Theory]
    [InlineData(80, "Left out, because the terminal is narrow: Size, A month.")]
    [InlineData(60, "Left out, because the terminal is narrow: Images, Kept, ")]
    public async Task The_money_is_the_last_column_to_be_left_out_and_a_line_says_what_was(int columns, string leftOut)
    {
        var planned = await OnATerminalAsync(
            $"stty cols {columns}; dotnet exec '{Program}' plan --from '{Listings}' --at 2026-06-01 2>/dev/null");

        var lines = planned.ReplaceLineEndings("\n").Split('\n');
        lines.ShouldContain(l => l.Contains("│ Saves a month │", StringComparison.Ordinal));
        lines.ShouldContain(l =>
            l.Contains("│ shop/web       │", StringComparison.Ordinal) && l.Contains("$1.16 │", StringComparison.Ordinal));
        lines.Where(l => l.Contains('│')).ShouldAllBe(l => l.TrimEnd().Length <= columns);
        planned.ShouldContain(leftOut[..Math.Min(leftOut.Length, columns - 5)]);
        planned.ShouldNotContain("\e[90m", Case.Sensitive, "colour 8 is the background of some themes");
        planned.ShouldNotContain("\e[38;5;8m", Case.Sensitive, "colour 8 is the background of some themes");
    }

    static string Program => Path.Combine(AppContext.BaseDirectory, "PushPruner.Cli.dll");

    static string Listings => Path.Combine(Checkout.Root, "events", "listings");

    static Task<string> PlanOnATerminalAsync(params (string Name, string Value)[] environment) =>
        OnATerminalAsync($"dotnet exec '{Program}' plan --from '{Listings}' --at 2026-06-01 --max-deletes 10", environment);

    static async Task<string> OnATerminalAsync(string command, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "there is no terminal to be had");
        var result = await Command.RunAsync(
            "/usr/bin/script", ["--quiet", "--return", "--command", command, "/dev/null"], [("TERM", "xterm-256color"), .. environment]);
        result!.ExitCode.ShouldBe(0, result.Output);
        return result.Output;
    }
}
