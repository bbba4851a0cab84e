namespace PushPruner.Cli.Tests.Replay;

public sealed class MalformedHistoryTests : IDisposable
{
    const string Good = """{"at":"2026-03-01T08:15:00Z","repository":"web","tag":"1"}""";

    readonly string file = Path.Combine(
        Path.GetTempPath(), $"history-{Environment.ProcessId}-{TestContext.Current.Test!.UniqueID[..12]}.jsonl");

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("[]", "it is no JSON object but Array")]
    [InlineData("{", "it is no JSON: ")]
    [InlineData(
        "{\"repository\":\"web\"}",
        "\"at\" is missing; a push looks like {\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"web\",\"tag\":\"1.0\"}")]
    [InlineData("{\"at\":\"2026-03-01T08:15:00Z\"}", "\"repository\" is missing; a push looks like")]
    [InlineData("{\"at\":\"soon\",\"repository\":\"web\"}", "\"at\" is \"soon\": the time of the push, such as \"2026-03-01T08:15:00Z\"")]
    [InlineData("{\"at\":\"9999-12-31T23:59:59Z\",\"repository\":\"web\"}", "\"at\" is \"9999-12-31T23:59:59Z\": the time of the push")]
    [InlineData(
        "{\"detail-type\":\"ECR Image Action\",\"time\":\"0001-01-02T00:00:00Z\"}", "the event's time is missing or not a time such as")]
    [InlineData("{\"at\":7,\"repository\":\"web\"}", "\"at\" is 7: the time of the push")]
    [InlineData("{\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"Web\"}", "\"repository\" is \"Web\": a name such as \"team/app\"")]
    [InlineData("{\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"web\",\"tag\":\"a b\"}", "\"tag\" is \"a b\": up to 128 of")]
    [InlineData("{\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"web\",\"tags\":[\"a\",3]}", "\"tags\" is [\"a\",3]: each up to 128 of")]
    [InlineData(
        "{\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"web\",\"tag\":\"a\",\"tags\":[]}",
        "\"tag\" and \"tags\" are both there: give one of them")]
    [InlineData("{\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"web\",\"bytes\":-1}", "\"bytes\" is -1: a size, 0 or more")]
    [InlineData(
        "{\"at\":\"2026-03-01T08:15:00Z\",\"repository\":\"web\",\"tga\":\"a\"}",
        "\"tga\" is no field of a push; there are at, repository, tag, tags, image and bytes")]
    [InlineData(
        "{\"\\ud800aaaaaaaaaaaaaaaaaaaaaaaa\":7}", "one of its names is no text: \\ud800 to \\udfff stand for a character in pairs only")]
    [InlineData("{\"\\ud800\":7}", "one of its names is no text: ")]
    [InlineData("{\"detail-type\":\"ECR Image Action\"}", "the event's time is missing or not a time such as 2026-03-01T08:15:00Z")]
    public async Task The_file_the_line_and_what_is_wrong_are_named_and_nothing_is_played(string line, string message)
    {
        await File.WriteAllTextAsync(file, $"{Good}\n\n{line}\n{Good}\n", TestContext.Current.CancellationToken);
        await using var output = new StringWriter();
        await using var error = new StringWriter();

        var exitCode = await CommandLine.RunAsync(["replay", file], output, error, TestContext.Current.CancellationToken);

        exitCode.ShouldBe(2);
        output.ToString().ShouldBeEmpty();
        error.ToString().ShouldStartWith($"{file}:3: {message}");
    }
}
