using System.Text;
using CsCheck;
using PushPruner.Testing;
using PushPruner.Tests.Hostile;

namespace PushPruner.Cli.Tests.Replay;

/// <summary>Files of junk, on the command line: played, or refused with the file and what is wrong.</summary>
public sealed class HistoriesOfJunkTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task They_are_played_or_refused_by_name_and_never_crash()
    {
        var samples = File.ReadLines(Path.Combine("events", "history.jsonl")).Take(5)
            .Concat(Directory.EnumerateFiles("events", "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText))
            .Append("""{"at":"2026-03-01T08:15:00Z","repository":"web","tags":["1.0.1","latest"],"image":"a","bytes":52428800}""")
            .ToList();
        var files = 0;
        var played = 0;
        var refused = 0;

        await Gen.Select(Junk.Anything(samples), Gen.Bool).SampleAsync(async (bytes, isEvent) =>
        {
            var file = folder.In($"{Interlocked.Increment(ref files)}.{(isEvent ? "json" : "jsonl")}");
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
            await using var output = new StringWriter();
            await using var error = new StringWriter();

            var exitCode = await CommandLine.RunAsync(["replay", file], output, error, TestContext.Current.CancellationToken);

            exitCode.ShouldBeOneOf([0, 2], error.ToString());
            Interlocked.Increment(ref exitCode == 0 ? ref played : ref refused);
            if (exitCode == 2)
            {
                error.ToString().ShouldStartWith(file);
                output.ToString().ShouldBeEmpty();
            }
        }, iter: 1_500, print: input => Encoding.UTF8.GetString(input.Item1));

        played.ShouldBeGreaterThan(5);
        refused.ShouldBeGreaterThan(100);
    }
}
