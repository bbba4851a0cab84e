namespace PushPruner.Cli.Tests.Help;

public sealed class HelpTests
{
    static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_program_s_help_has_a_line_for_each_command()
    {
        var (exitCode, output, error) = await RunAsync("--help");

        exitCode.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldContain("reconcile <REPOSITORY>");
        output.ShouldNotContain("Exit codes:", Case.Sensitive, "that is for a command's own help");
        output.Split('\n').Length.ShouldBeLessThan(40);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_s_help_has_examples_and_exit_codes(string command)
    {
        var (exitCode, output, error) = await RunAsync(command, "--help");

        exitCode.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldContain("Examples:");
        output.ShouldContain($"  pushpruner {command} ");
        output.ShouldContain("Exit codes:");
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_nothing_goes_to_the_output()
    {
        var (exitCode, output, error) = await RunAsync();

        exitCode.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("Commands:");
    }

    [Theory]
    [InlineData("reconsile", "reconcile")]
    [InlineData("repaly", "replay")]
    public async Task A_misspelt_command_is_told_with_the_one_that_was_meant(string misspelt, string meant)
    {
        var (exitCode, output, error) = await RunAsync(misspelt);

        exitCode.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain(meant);
        error.ShouldEndWith("pushpruner --help tells more.\n");
    }

    [Fact]
    public async Task Wrong_usage_is_told_in_a_few_lines_and_not_with_the_whole_help()
    {
        var (exitCode, output, error) = await RunAsync("reconcile", "--keep-newest", "none");

        exitCode.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldStartWith("--keep-newest is \"none\": a whole number from 1 to 1000, such as 10");
        error.ShouldEndWith("pushpruner reconcile --help tells more.\n");
        error.Trim().Split('\n').Length.ShouldBeLessThan(5);
    }

    /// <summary>Every command there is, as the program's own help lists them.</summary>
    public static async Task<IEnumerable<TheoryDataRow<string>>> Commands()
    {
        var (_, output, _) = await RunAsync("--help");
        return output[output.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && char.IsAsciiLetter(line.ElementAtOrDefault(2)))
            .Select(line => new TheoryDataRow<string>(line.Trim().Split(' ')[0]));
    }

    static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, output, error, Token);
        return (exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
