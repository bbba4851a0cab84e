namespace PushPruner.Cli.Tests.Options;

public sealed class UnknownOptionsTests
{
    [Theory]
    [InlineData("--detials", "--details", "plan", "--from", "listing.json", "--detials")]
    [InlineData("--qiet", "--quiet", "plan", "--in-use", "running.txt", "--qiet")]
    [InlineData("--jsno", "--json", "simulate", "--history", "history.jsonl", "--jsno")]
    [InlineData("--prce", "--price", "report", "--html", "--prce")]
    [InlineData("--keep-newst", "--keep-newest", "local", "--seed", "seed.jsonl", "--keep-newst", "3")]
    [InlineData("--yse", "--yes", "reconcile", "team/app", "--yse")]
    [InlineData("--jso", "--json", "replay", "history.jsonl", "--jso")]
    [InlineData("--stak", "--stack", "explain", "team/app:1", "--stak=x")]
    public async Task A_misspelt_option_is_refused_wherever_it_stands_and_the_one_that_was_meant_is_named(
        string misspelt, string meant, params string[] args)
    {
        var (exitCode, output, error) = await RunAsync(args);

        exitCode.ShouldBe(2, output + error);
        output.ShouldBeEmpty();
        error.ShouldBe($"there is no option {misspelt}; did you mean {meant}?\npushpruner {args[0]} --help tells more.\n");
    }

    [Fact]
    public async Task Where_nothing_looks_like_it_nothing_is_suggested() =>
        (await RunAsync("plan", "--from", "x", "--frobnicate")).Error.ShouldStartWith("there is no option --frobnicate\n");

    [Theory]
    [InlineData("--keep-newest", "-5", "--keep-newest is \"-5\"")]
    [InlineData("--keep-days", "-0.5", "--keep-days is \"-0.5\"")]
    public async Task A_negative_number_is_a_value_and_no_option(string option, string value, string message) =>
        (await RunAsync("plan", option, value)).Error.ShouldStartWith(message);

    [Fact]
    public async Task A_dash_alone_is_the_standard_input() =>
        (await RunAsync("plan", "--from", "-", "--quiet")).Error.ShouldStartWith("standard input: it is empty");

    static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
