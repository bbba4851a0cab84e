using PushPruner.Cli.Saved;

namespace PushPruner.Cli.Stacks;

/// <summary>
/// A file that holds a policy: lines of NAME=VALUE, or the JSON that <c>aws lambda get-function-configuration</c> prints.
/// </summary>
static class PolicyFile
{
    const string Option = "--policy-file";
    const string Allowed = "a file of lines such as KEEP_NEWEST=10, or what aws lambda get-function-configuration prints";

    // Of the functions' other variables, which decide nothing about images.
    static readonly string[] Others = ["INDEX_TABLE", "RECONCILE_FUNCTION", "STACK_NAME", "ANNOTATIONS_HANDLER"];

    /// <exception cref="SettingException">It can't be read, or a line is not understood.</exception>
    public static Basis Read(string path, TextReader input)
    {
        var variables = VariablesIn(path, input);
        return new Basis(PolicyVariables.Read(variables.GetValueOrDefault), "file") { Sentence = $"Policy from {path}." };
    }

    static Dictionary<string, string> VariablesIn(string path, TextReader input)
    {
        try
        {
            var (_, text) = TextFile.Read(path, input);
            return text.TrimStart().StartsWith('{') ? InJson(path, text) : InLines(path, text);
        }
        catch (IOException e)
        {
            throw new SettingException(Option, path, $"{Allowed} ({e.Message})");
        }
    }

    static Dictionary<string, string> InLines(string path, string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.ReplaceLineEndings("\n")
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(l => !l.StartsWith('#')))
        {
            if (line.Split('=', 2) is not [var name, var value] || !IsKnown(name.Trim()))
            {
                throw new SettingException(
                    Option,
                    path,
                    $"{Allowed}; a line is \"{SafeText.Line(line)}\", and the names are {string.Join(", ", PolicyVariables.Names)}");
            }

            variables[name.Trim()] = value.Trim().Trim('"', '\'');
        }

        return variables;
    }

    // All of the answer, its Environment, or the Variables in that. Other variables than the policy's may stand there.
    static Dictionary<string, string> InJson(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            root = root.TryGetProperty("Environment", out var environment) ? environment : root;
            root = root.TryGetProperty("Variables", out var all) ? all : root;
            var variables = root.EnumerateObject()
                .Where(p => p.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
            return variables.Keys.Any(IsKnown)
                ? variables
                : throw new SettingException(Option, path, $"{Allowed}; none of {string.Join(", ", PolicyVariables.Names)} is in it");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SettingException(Option, path, $"{Allowed} ({e.Message})");
        }
    }

    static bool IsKnown(string name) =>
        PolicyVariables.Names.Contains(name, StringComparer.Ordinal) || Others.Contains(name, StringComparer.Ordinal);
}
