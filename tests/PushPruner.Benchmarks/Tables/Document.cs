namespace PushPruner.Benchmarks.Tables;

/// <summary>A document with places for what a run found; everything else in it is written by hand.</summary>
static class Document
{
    /// <exception cref="InvalidOperationException">The document has no place for a section.</exception>
    public static async Task WriteAsync(string path, IEnumerable<Section> sections, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        foreach (var section in sections)
            text = With(text, section, path);
        await File.WriteAllTextAsync(path, text, cancellationToken);
    }

    static string With(string text, Section section, string path)
    {
        var begin = text.IndexOf(section.Begin, StringComparison.Ordinal);
        var end = text.IndexOf(section.End, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? $"{text[..(begin + section.Begin.Length)]}\n{section.Text.TrimEnd()}\n{text[end..]}"
            : throw new InvalidOperationException($"{path} has no place for \"{section.Name}\": a line {section.Begin} and below it a line {section.End}");
    }
}
