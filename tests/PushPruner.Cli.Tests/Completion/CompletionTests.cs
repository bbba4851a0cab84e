using PushPruner.Testing.Programs;

namespace PushPruner.Cli.Tests.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("pushpruner pl", "plan")]
    [InlineData("pushpruner plan --la", "--layers")]
    [InlineData("pushpruner reconcile --max", "--max-deletes")]
    public async Task A_shell_that_asks_gets_what_may_come_next(string line, string next)
    {
        var (exitCode, output, error) = await RunAsync($"[suggest:{line.Length}]", line);

        exitCode.ShouldBe(0, error);
        output.Split('\n', StringSplitOptions.TrimEntries).ShouldContain(next);
    }

    [Theory]
    [InlineData("bash", "complete -o bashdefault")]
    [InlineData("zsh", "#compdef pushpruner")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName pushpruner")]
    public async Task Each_shell_has_a_script(string shell, string part) =>
        (await RunAsync("completion", shell)).Output.ShouldContain(part);

    [Fact]
    public async Task Another_shell_is_refused_with_those_there_are() =>
        (await RunAsync("completion", "fish")).Error.ShouldStartWith("SHELL is \"fish\": bash, powershell, zsh");

    [Fact]
    public async Task Bash_takes_its_script_and_completes()
    {
        var (_, script, _) = await RunAsync("completion", "bash");
        // What the program would print, which is not on the path here.
        var asked = await Command.RunWithInputAsync("bash", ["-s"], $$"""
            pushpruner() { printf -- '--layers\n--price\n'; }
            {{script}}
            COMP_LINE="pushpruner plan --la" COMP_POINT=20 COMP_WORDS=(pushpruner plan --la) COMP_CWORD=2
            _pushpruner
            echo "${COMPREPLY[@]}"
            """);
        Assert.SkipWhen(asked is null, "bash is not on the PATH");

        asked.Error.ShouldBeEmpty();
        asked.Output.Trim().ShouldBe("--layers");
    }

    [Fact]
    public async Task Help_of_a_verb_is_that_verb_s_help()
    {
        var byName = await RunAsync("help", "plan");
        var byOption = await RunAsync("plan", "--help");

        byName.ExitCode.ShouldBe(0);
        byName.Output.ShouldBe(byOption.Output);
        (await RunAsync("help")).Output.ShouldBe((await RunAsync("--help")).Output);
        (await RunAsync("help", "paln")).ExitCode.ShouldBe(2);
    }

    static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
