using PushPruner.Testing;

namespace PushPruner.Cli.Tests.Local;

public sealed class WrongUsageTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--port", "70000", "--port is \"70000\": a number from 0 to 65535, such as 5050")]
    [InlineData("--account", "12", "--account is \"12\": an account's 12 digits, such as 123456789012")]
    [InlineData("--region", "EU", "--region is \"EU\": the name of a region, such as eu-west-1")]
    [InlineData("--keep-days", "x", "--keep-days is \"x\": a number of days from 0 to 36500, such as 30")]
    [InlineData("--seed", "nothing.jsonl", "nothing.jsonl: there is no such file or folder")]
    [InlineData("--seed", "nothing.json", "nothing.json: there is no such file or folder")]
    public async Task A_wrong_value_is_named_with_what_is_allowed(string option, string value, string message) =>
        (await RefusedAsync(2, option, value)).ShouldContain(message);

    [Fact]
    public async Task A_misspelt_option_after_a_seed_is_no_seed() =>
        (await RefusedAsync(2, "--seed", Path.Combine("events", "history.jsonl"), "--keep-newst", "3")).ShouldContain(
            "did you mean --keep-newest?");

    [Theory]
    [InlineData("seed.jsonl", "{\"at\":\"2026-03-01T08:15:00Z\"}", "\"repository\" is missing")]
    [InlineData("seed.json", "{\"repositories\":[]}", "seed.json: ")]
    [InlineData("seed.json", "{", "seed.json: it is no JSON")]
    public async Task A_seed_that_can_not_be_read_is_named(string name, string content, string message)
    {
        var file = folder.In(name);
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        var error = await RefusedAsync(2, "--seed", file);
        error.ShouldStartWith(file);
        error.ShouldContain(message);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_the_way_out()
    {
        await using var first = await LocalSession.StartAsync();

        var error = await RefusedAsync(1, "--port", $"{first.Port}");
        error.ShouldContain($"--port {first.Port} can't be listened on");
        error.ShouldContain("--port 0 takes a free one");
    }

    [Fact]
    public async Task The_help_has_examples()
    {
        await using var output = new StringWriter();
        var exitCode = await CommandLine.RunAsync(["local", "--help"], output, TextWriter.Null, TestContext.Current.CancellationToken);

        exitCode.ShouldBe(0);
        output.ToString().ShouldContain("pushpruner local --keep-newest 2 --keep-days 0");
    }

    static async Task<string> RefusedAsync(int exitCode, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        (await CommandLine.RunAsync(["local", .. arguments], output, error, TestContext.Current.CancellationToken)).ShouldBe(
            exitCode, error.ToString());
        output.ToString().ShouldBeEmpty();
        return error.ToString();
    }
}
