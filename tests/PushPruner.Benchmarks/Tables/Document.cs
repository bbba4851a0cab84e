namespace PushPruner.Benchmarks.Tables;

/// <summary>A document with places for what a run found; everything else in it is written by hand.</summary>
static class Document
{
    /// <summary>Writes each section wherever it has a place.</summary>
    /// <exception cref="InvalidOperationException">None of the documents has a place for a section; then none is changed.</exception>
    public static async Task WriteAsync(
        IReadOnlyCollection<string> paths, IReadOnlyCollection<Section> sections, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
            texts[path] = await File.ReadAllTextAsync(path, cancellationToken);

        foreach (var section in sections)
        {
            var places = paths.Where(path => PlaceOf(section, texts[path]) is not null).ToList();
            if (places.Count == 0)
            {
                throw new InvalidOperationException(
                    $"{string.Join(", ", paths)} has no place for \"{section.Name}\": "
                        + $"a line {section.Begin} and below it a line {section.End}");
            }

            foreach (var path in places)
                texts[path] = With(texts[path], section);
        }

        foreach (var (path, text) in texts)
            await File.WriteAllTextAsync(path, text, cancellationToken);
    }

    static string With(string text, Section section)
    {
        var (begin, end) = PlaceOf(section, text)!.Value;
        return $"{text[..begin]}\n{section.Text.TrimEnd()}\n{text[end..]}";
    }

    static (int Begin, int End)? PlaceOf(Section section, string text)
    {
        var begin = text.IndexOf(section.Begin, StringComparison.Ordinal) + section.Begin.Length;
        var end = text.IndexOf(section.End, StringComparison.Ordinal);
        return begin >= section.Begin.Length && end > begin ? (begin, end) : null;
    }
}
