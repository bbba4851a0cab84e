using PushPruner.Testing;
using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.Readme;

/// <summary>What a shell would run of a text: it runs the text with a stand-in for each program, and nothing else on its path.</summary>
/// <param name="Commands">Each with its arguments, as the shell has taken them apart.</param>
/// <param name="Complaints">What the shell didn't understand, and programs that have no stand-in; empty when all is well.</param>
sealed record WouldRun(IReadOnlyList<string[]> Commands, string Complaints)
{
    const char EndOfArgument = '\u001f';
    const char EndOfCommand = '\u001e';

    /// <summary>The programs that documents may name, beside the project's scripts.</summary>
    public static readonly IReadOnlyList<string> Programs = ["aws", "pushpruner", "sam", "dotnet", "make", "jq", "skopeo", "docker"];

    /// <summary>The project's scripts, as documents name them.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
    [
        ".ci/run",
        .. Directory
            .EnumerateFiles(Path.Combine(Checkout.Root, "scripts"))
            .Select(f => $"scripts/{Path.GetFileName(f)}")
            .Order(StringComparer.Ordinal),
    ];

    /// <param name="text">Commands, in the shell's language.</param>
    public static async Task<WouldRun> OfAsync(string text)
    {
        using var folder = new TemporaryFolder();
        var record = folder.In("record");
        // Commands write files beside them.
        var ran = await Command.RunWithInputAsync("bash", ["-s"], $"cd '{folder.In(".")}'\n{Prologue(record)}\n{text}\n");
        Assert.SkipWhen(ran is null, "bash is not on the PATH");

        var recorded = File.Exists(record) ? await File.ReadAllTextAsync(record, TestContext.Current.CancellationToken) : "";
        var commands = recorded
            .Split(EndOfCommand, StringSplitOptions.RemoveEmptyEntries)
            .Select(c => c.Split(EndOfArgument)[..^1])
            .ToList();
        return new WouldRun(commands, ran.Error);
    }

    // A stand-in writes down what it was called with, and prints something for the command that reads it. It reads nothing itself, so
    // what is piped to it may find the pipe closed: that is no complaint.
    static string Prologue(string record) => $$"""
        PATH=/nonexistent
        stand_in() { { printf '%s\037' "$@"; printf '\036'; } >>'{{record}}'; echo what-it-would-have-printed-such-as-a-name; }
        {{string.Join('\n', Programs.Concat(Scripts).Select(p => $$"""{{p}}() { stand_in {{p}} "$@"; }"""))}}
        date() { echo 1780000000; }
        echo() { builtin echo "$@" 2>/dev/null; return 0; }
        """;
}
