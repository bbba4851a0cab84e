using System.Text.RegularExpressions;

namespace PushPruner.EndToEnd.Tests.Readme;

/// <summary>
/// A command that a document shows after <c>$ </c> in a block of the language <c>console</c>, and the lines it shows below it. A line of
/// three dots stands for any lines that were left out.
/// </summary>
/// <param name="Where">File and line.</param>
/// <param name="IsAtAws">True where the document says so above the block: the command asks a registry.</param>
public sealed partial record ConsoleBlock(string Where, IReadOnlyList<string> Arguments, IReadOnlyList<string> Shown, bool IsAtAws)
{
    const string LeftOut = "...";
    const string Program = "$ pushpruner ";
    const string AtAws = "<!-- at AWS -->";

    public static IEnumerable<ConsoleBlock> In(string file)
    {
        var lines = File.ReadAllLines(file);
        for (var start = 0; start < lines.Length; start++)
        {
            if (lines[start] != "```console")
                continue;

            var end = Array.IndexOf(lines, "```", start + 1);
            for (var at = start + 1; at < end;)
            {
                var next = at + 1;
                var command = lines[at];
                while (command.EndsWith('\\'))
                    command = command[..^1] + lines[next++].Trim();
                var shown = lines[next..end].TakeWhile(l => !l.StartsWith("$ ", StringComparison.Ordinal)).ToList();
                if (command.StartsWith(Program, StringComparison.Ordinal))
                {
                    yield return new ConsoleBlock(
                        $"{Path.GetFileName(file)}:{at + 1}", ArgumentsOf(command), shown, start > 0 && lines[start - 1] == AtAws);
                }

                at = next + shown.Count;
            }
        }
    }

    /// <summary>Whether the lines are what was printed, but for what was left out.</summary>
    public bool Shows(string output) =>
        Shows(Shown, [.. output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(l => l.TrimEnd())]);

    public override string ToString() => Where;

    static bool Shows(IReadOnlyList<string> shown, IReadOnlyList<string> printed)
    {
        if (shown is [])
            return printed is [] or [""];
        if (shown[0] == LeftOut)
            return shown is [_] || Enumerable.Range(0, printed.Count).Any(n => Shows([.. shown.Skip(1)], [.. printed.Skip(n)]));

        return printed.Count > 0
            && shown[0].TrimEnd() == printed[0]
            && (shown is [_] ? printed is [_] : Shows([.. shown.Skip(1)], [.. printed.Skip(1)]));
    }

    // As a shell takes them, as far as the documents need it.
    static IReadOnlyList<string> ArgumentsOf(string command) =>
        [.. Argument().Matches(command[Program.Length..]).Select(m => m.Value.Replace("'", "", StringComparison.Ordinal))];

    [GeneratedRegex("(?:'[^']*'|[^ '])+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Argument();
}
