using System.Text;

namespace PushPruner.Cli.Output;

/// <summary>
/// Text as wide as there is room: the lines of a paragraph are joined and broken anew; a line that begins with blanks is one of a list, or
/// a command, and stays one, with what doesn't fit in below it.
/// </summary>
static class Paragraphs
{
    const int Hanging = 4;

    // Of a command that is not broken, for it is to be copied.
    const string Command = "  pushpruner ";
    const string AwsCommand = "  aws ";
    const string KubeCommand = "  kubectl ";

    public static string Wrap(string text, int width)
    {
        var wrapped = new StringBuilder();
        var paragraph = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length > 0 && line[0] != ' ' && !line.EndsWith(':'))
            {
                paragraph.Add(line);
                continue;
            }

            Flush();
            if (line.Length > 0 && line[0] != ' ')
            {
                Append(line, 0);
            }
            else if (
                line.StartsWith(Command, StringComparison.Ordinal)
                || line.StartsWith(AwsCommand, StringComparison.Ordinal)
                || line.StartsWith(KubeCommand, StringComparison.Ordinal))
            {
                wrapped.Append(line).Append('\n');
            }
            else if (line.Length == 0)
            {
                wrapped.Append('\n');
            }
            else
            {
                Append(line, line.Length - line.TrimStart().Length);
            }
        }

        Flush();
        return wrapped.ToString().TrimEnd('\n');

        void Flush()
        {
            if (paragraph.Count > 0)
                Append(string.Join(' ', paragraph), 0);
            paragraph.Clear();
        }

        void Append(string line, int indent)
        {
            var hanging = new string(' ', indent == 0 ? 0 : indent + Hanging);
            var rest = line;
            while (rest.Length > width && rest.LastIndexOf(' ', width) is var at && at > hanging.Length)
            {
                wrapped.Append(rest.AsSpan(0, at)).Append('\n');
                rest = hanging + rest[(at + 1)..];
            }

            wrapped.Append(rest).Append('\n');
        }
    }
}
