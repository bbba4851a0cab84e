using PushPruner.Cli.Saved;
using System.Buffers;

namespace PushPruner.Cli.Plan.InUse;

/// <summary>Reads lists of what runs, as kubectl, aws ecs and docker print them: as text, or as JSON.</summary>
static class InUseReader
{
    const string Option = "--in-use";
    const string Example = "one image a line, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2 or sha256:<64 hex digits>";

    // What stands around a reference in lists and in what is left of JSON.
    static readonly char[] Around = ['"', '\'', '`', '[', ']', '{', '}', '(', ')', ';'];

    static readonly SearchValues<char> Between = SearchValues.Create(" \t\v\f\u00a0,");

    // How the tools print that there is nothing.
    static readonly string[] Nothing = ["", "<none>", "None", "null", "-"];

    /// <param name="paths">Files, or <c>-</c> for <paramref name="input"/>.</param>
    /// <exception cref="SettingException">A file can't be read, or there is no reference in any.</exception>
    public static InUseList Read(IReadOnlyList<string> paths, TextReader input)
    {
        var references = new Dictionary<string, Reference>(StringComparer.Ordinal);
        var notUnderstood = new List<string>();
        foreach (var path in paths)
        {
            foreach (var (place, token) in TokensIn(path, input))
            {
                if (Nothing.Contains(token, StringComparer.Ordinal))
                    continue;
                if (Reference.TryParse(token, out var reference))
                    references.TryAdd(token, reference);
                else
                    notUnderstood.Add($"{place}: {token}");
            }
        }

        return references.Count > 0
            ? new([.. references.Values], notUnderstood)
            : throw new SettingException(Option, string.Join(' ', paths), $"a file with what is in use, {Example}; there is none in it");
    }

    static IEnumerable<(string Place, string Token)> TokensIn(string path, TextReader input)
    {
        var (name, text) = ReadText(path, input);
        if (text.AsSpan().TrimStart() is ['{' or '[', ..] && ReferencesInJson.Read(text) is { } found)
            return found.Select(f => (name, f.Trim()));

        return text.ReplaceLineEndings("\n").Split('\n').Index()
            .Where(line => !line.Item.StartsWith('#'))
            .SelectMany(line => Split(line.Item).Select(token => ($"{name}, line {line.Index + 1}", token)));
    }

    static (string Name, string Text) ReadText(string path, TextReader input)
    {
        try
        {
            return TextFile.Read(path, input);
        }
        catch (IOException e)
        {
            throw new SettingException(Option, path, e.Message);
        }
    }

    static List<string> Split(string line)
    {
        var tokens = new List<string>();
        var rest = line.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(Between);
            tokens.Add((end < 0 ? rest : rest[..end]).Trim(Around).ToString());
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return tokens;
    }
}

/// <summary>What somebody says is in use.</summary>
/// <param name="References">Each once.</param>
/// <param name="NotUnderstood">Where something else stood: "running.txt, line 3: IMAGE".</param>
sealed record InUseList(IReadOnlyList<Reference> References, IReadOnlyList<string> NotUnderstood);

/// <summary>The option that names lists of what runs.</summary>
static class InUseOption
{
    public static Option<string[]> Create() =>
        SettingOption.Files(
        "--in-use",
        "What runs, as kubectl, aws ecs and docker print it: digests or images, in files or - for the standard input. Which of "
                    + "it is expired is shown.");

    /// <summary>Null when nobody said what is in use.</summary>
    /// <exception cref="Policies.SettingException">It can't be read.</exception>
    public static InUseList? Read(ParseResult parsed, Option<string[]> option, TextReader input) =>
        parsed.GetValue(option) is { Length: > 0 } paths ? InUseReader.Read(paths, input) : null;

    /// <summary>Names what was not understood.</summary>
    public static async Task WarnAsync(InUseList? inUse, TextWriter error)
    {
        const int mostNamed = 3;
        if (inUse is not { NotUnderstood: { Count: > 0 } places })
            return;

        foreach (var place in places.Take(mostNamed))
            await error.WriteLineAsync(SafeText.Line($"not understood: {place}"));
        if (places.Count > mostNamed)
            await error.WriteLineAsync($"and {TextFormat.Number(places.Count - mostNamed)} more not understood");
    }
}
