using System.Buffers;

namespace PushPruner.Cli.Plan;

/// <summary>A record as RFC 4180 has it.</summary>
static class CsvLine
{
    const string End = "\r\n";

    static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    public static void Write(TextWriter output, IEnumerable<string> fields) => output.Write(string.Join(',', fields.Select(Field)) + End);

    /// <summary>
    /// What a spreadsheet would take for a formula stays text. Nothing genuine is changed by that: a name or a tag at ECR begins with a
    /// letter, a digit or an underscore, and the rest is PushPruner's own; but a saved listing may hold anything.
    /// </summary>
    static string Field(string text)
    {
        var harmless = SafeText.Line(text);
        if (harmless.Length > 0 && harmless[0] is '=' or '+' or '-' or '@')
            harmless = $"'{harmless}";
        return harmless.AsSpan().ContainsAny(Quoted) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
