using System.Text;

namespace PushPruner.Benchmarks.Tables;

/// <summary>A table as Markdown has it: words on the left, figures on the right.</summary>
/// <param name="words">How many of the columns are words.</param>
/// <param name="columns">Their names.</param>
sealed class MarkdownTable(int words, params IReadOnlyList<string> columns)
{
    readonly List<IReadOnlyList<string>> rows = [];

    public MarkdownTable Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != columns.Count)
            throw new ArgumentException($"{cells.Count} cells for {columns.Count} columns", nameof(cells));

        rows.Add(cells);
        return this;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, columns);
        Line(text, [.. columns.Select((_, n) => n < words ? "---" : "---:")]);
        foreach (var row in rows)
            Line(text, row);
        return text.ToString();
    }

    static void Line(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
