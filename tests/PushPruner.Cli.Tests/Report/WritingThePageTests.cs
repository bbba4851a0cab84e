namespace PushPruner.Cli.Tests.Report;

public sealed class WritingThePageTests : IDisposable
{
    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    [Fact]
    public async Task Says_where_it_is_and_leaves_nothing_else_behind()
    {
        var file = reporter.In("report.html");
        await File.WriteAllTextAsync(file, "an older one");

        var result = await RunAsync("--html", file);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldStartWith($"{file}: ");
        result.Output.ShouldEndWith("; open it with a browser.\n");
        (await File.ReadAllTextAsync(file)).ShouldStartWith("<!doctype html>\n<html lang=\"en\">");
        Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!).ShouldBe([file]);
    }

    [Fact]
    public async Task To_the_standard_output_it_is_the_page_and_nothing_else()
    {
        var result = await RunAsync("--html", "-");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldStartWith("<!doctype html>");
        result.Output.ShouldEndWith("</html>\n");
    }

    [Fact]
    public async Task The_same_listing_at_the_same_time_gives_the_same_page()
    {
        var first = await RunAsync("--html", "-");
        var second = await RunAsync("--html", "-");

        second.Output.ShouldBe(first.Output);
    }

    [Theory]
    [InlineData("there/is/no/such/report.html", "a file in a folder that is there")]
    [InlineData("", "a file to write, such as report.html")]
    public async Task What_can_not_be_written_is_refused_before_anything_is_asked(string path, string message)
    {
        var result = await RunAsync("--html", path.Length == 0 ? reporter.In("") : reporter.In(path));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain($"--html is \"{reporter.In(path)}");
        result.Error.ShouldContain(message);
        result.Error.ShouldNotContain("[1/");
    }

    [Fact]
    public async Task Without_a_file_it_is_wrong_usage()
    {
        var result = await RunAsync();

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("--html");
    }

    [Fact]
    public async Task A_listing_that_can_not_be_read_leaves_the_older_page_as_it_is()
    {
        var file = reporter.In("report.html");
        await File.WriteAllTextAsync(file, "an older one");

        var result = await Reporter.RunAsync("report", "--from", reporter.In("none.json"), "--html", file);

        result.ExitCode.ShouldBe(2);
        (await File.ReadAllTextAsync(file)).ShouldBe("an older one");
        Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!).ShouldBe([file]);
    }

    [Fact]
    public async Task Ctrl_C_writes_no_page()
    {
        var file = reporter.In("report.html");

        var result = await Reporter.RunAsync(
            ["report", "--from", Reporter.Sample(), "--at", ListingFile.At, "--html", file],
            new CliEnvironment(TextWriter.Null, TextWriter.Null),
            new CancellationToken(canceled: true));

        result.ExitCode.ShouldBe(130);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_allows_its_own_style_and_script_and_nothing_else()
    {
        var result = await RunAsync("--html", "-");

        result.Output.ShouldContain("content=\"default-src &#39;none&#39;; style-src &#39;sha256-");
        result.Output.ShouldNotContain("http://");
        result.Output.ShouldNotContain("https://");
        result.Output.ShouldNotContain(" style=");
    }

    static Task<Reconcile.CliResult> RunAsync(params string[] args) =>
        Reporter.RunAsync(["report", "--from", Reporter.Sample(), "--at", ListingFile.At, .. args]);
}
