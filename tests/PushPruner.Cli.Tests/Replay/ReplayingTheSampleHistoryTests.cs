using System.Text.Json.Nodes;

namespace PushPruner.Cli.Tests.Replay;

public class ReplayingTheSampleHistoryTests
{
    static readonly string History = Path.Combine("events", "history.jsonl");

    static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task The_README_s_command_tells_each_push_and_sums_up()
    {
        var (exitCode, output, error) = await RunAsync("replay", History);

        exitCode.ShouldBe(0);
        error.ShouldBeEmpty();
        var lines = output.ReplaceLineEndings("\n").Split('\n');
        lines.ShouldContain("Keeping the newest 10 and everything up to 30 days old.");
        lines.Count(l => l.Contains("shop/", StringComparison.Ordinal)).ShouldBe(399 + 3, "a line a push, and a row a repository");
        lines.ShouldContain(l =>
            l.StartsWith("2026-02-17 10:30  shop/mailer:v12", StringComparison.Ordinal)
            && l.EndsWith("pruned 1", StringComparison.Ordinal));
        lines.ShouldContain(l =>
            l.Contains("- v2 (", StringComparison.Ordinal) && l.EndsWith("rank 10 or more, 306.0 days old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_windows_visibly_work()
    {
        var (_, output, _) = await RunAsync("replay", History, "--json");
        var repositories = JsonNode.Parse(output)!["repositories"]!.AsArray();

        JsonNode Of(string name) => repositories.Single(r => r!["repository"]!.GetValue<string>() == name)!;
        Of("shop/mailer")["kept"]!.GetValue<int>().ShouldBe(10, "the slow one keeps its newest, however old");
        Of("shop/web")["kept"]!.GetValue<int>().ShouldBeGreaterThan(100, "the fast one keeps its 30 days, however many");
        foreach (var name in (string[])["shop/mailer", "shop/orders", "shop/web"])
        {
            var r = Of(name);
            r["pushed"]!.GetValue<int>().ShouldBe(r["kept"]!.GetValue<int>() + r["deleted"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task It_ends_as_sorting_and_filtering_by_hand_would()
    {
        var pushes = (await File.ReadAllLinesAsync(History, TestContext.Current.CancellationToken))
            .Select(l => JsonNode.Parse(l)!)
            .ToList();
        var (_, output, _) = await RunAsync(
            "replay",
            History,
            "--json",
            "--keep-newest",
            "7",
            "--keep-days",
            "21.5",
            "--protect-tags",
            "build-?0,v1");
        var deleted = JsonNode.Parse(output)!["pushes"]!
            .AsArray()
            .SelectMany(p => p!["result"]!["expired"]!.AsArray().Select(e => $"{p["repository"]}:{e!["tags"]![0]}"))
            .ToHashSet();

        // Pushed one after the other, so the last push of a repository decides what is left of it.
        var expected = pushes.GroupBy(p => p["repository"]!.GetValue<string>()).SelectMany(repository =>
        {
            var newestFirst = repository.OrderByDescending(p => p["at"]!.GetValue<DateTimeOffset>()).ToList();
            var last = newestFirst[0]["at"]!.GetValue<DateTimeOffset>();
            return newestFirst
                .Skip(7)
                .Where(p => last - p["at"]!.GetValue<DateTimeOffset>() > TimeSpan.FromDays(21.5))
                .Select(p => p["tag"]!.GetValue<string>())
                .Where(tag => tag != "v1" && !(tag.Length == 8 && tag.StartsWith("build-", StringComparison.Ordinal) && tag.EndsWith('0')))
                .Select(tag => $"{repository.Key}:{tag}");
        });
        deleted.ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public async Task More_to_keep_keeps_more()
    {
        var (_, output, _) = await RunAsync("replay", History, "--json", "--keep-newest", "1000");

        JsonNode.Parse(output)!["repositories"]!.AsArray().Sum(r => r!["deleted"]!.GetValue<int>()).ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_is_played_with_its_events()
    {
        var (exitCode, output, _) = await RunAsync("replay", "events");

        exitCode.ShouldBe(0);
        output.ShouldContain("ignored: its account is \"210987654321\", not 123456789012");
        output.ShouldContain("ignored: its result is \"FAILURE\", not \"SUCCESS\"");
    }

    [Theory]
    [InlineData("nothing.jsonl", "nothing.jsonl: there is no such file or folder")]
    [InlineData("--keep-newst", "there is no option --keep-newst; did you mean --keep-newest?")]
    public async Task A_wrong_argument_is_named(string argument, string message)
    {
        var (exitCode, output, error) = await RunAsync("replay", History, argument);

        exitCode.ShouldBe(2);
        error.ShouldContain(message);
        output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--keep-newest", "0", "--keep-newest is \"0\": a whole number from 1 to 1000, such as 10")]
    [InlineData("--keep-days", "30d", "--keep-days is \"30d\": a number of days from 0 to 36500, such as 30")]
    [InlineData("--protect-tags", "a,,b", "--protect-tags is \"a,,b\": patterns for tags")]
    public async Task A_wrong_value_is_named_with_what_is_allowed(string option, string value, string message)
    {
        var (exitCode, output, error) = await RunAsync("replay", History, "--json", option, value);

        exitCode.ShouldBe(2);
        error.ShouldContain(message);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_misspelt_command_gets_the_nearest_suggested()
    {
        var (exitCode, output, error) = await RunAsync("reply", History);

        exitCode.ShouldBe(2);
        error.ShouldContain("replay");
        output.ShouldBeEmpty();
    }
}
