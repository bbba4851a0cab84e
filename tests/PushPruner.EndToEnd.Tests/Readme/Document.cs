using System.Text.RegularExpressions;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Readme;

/// <summary>The README or another document of the project, by its parts.</summary>
sealed partial class Document
{
    readonly List<string> prose = [];
    readonly List<FencedBlock> blocks = [];

    Document(string path)
    {
        Path = path;
        FencedBlock? open = null;
        foreach (var line in File.ReadLines(path))
        {
            var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (open is null && isFence)
                open = new FencedBlock(line.Trim()[3..], []);
            else if (isFence)
                (_, open) = (Added(open!), null);
            else if (open is not null)
                open.Lines.Add(line);
            else
                prose.Add(line);
        }
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetRelativePath(Checkout.Root, Path);

    public IReadOnlyList<FencedBlock> Blocks => blocks;

    /// <summary>
    /// What stands between backticks in the text, in one line each. Of <c>&lt;name&gt;</c>, which stands for any, the name is left.
    /// </summary>
    public IEnumerable<string> Spans =>
        Span().Matches(string.Join(' ', prose.Select(l => l.Trim()))).Select(m => Placeholder().Replace(m.Groups["text"].Value, "${name}"));

    /// <summary>Of each heading what a link has after its <c>#</c>, by GitHub's rules.</summary>
    public IEnumerable<string> Anchors =>
        prose
            .Where(l => l.StartsWith('#'))
            .Select(l => NotInAnchors().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>
    /// Links to documents and headings of this project: the file, empty where it is this one, and the heading, empty where it is the whole.
    /// </summary>
    public IEnumerable<(string File, string Anchor)> Links => Link().Matches(string.Join('\n', prose))
        .Select(m => (m.Groups["file"].Value, m.Groups["anchor"].Value))
        .Where(l => !l.Item1.Contains(':', StringComparison.Ordinal));

    public static IEnumerable<Document> All() =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Checkout.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Checkout.Root, "*.md"))
            .Order(StringComparer.Ordinal)
            .Select(Open);

    public static Document Open(string path) => new(path);

    FencedBlock Added(FencedBlock block)
    {
        blocks.Add(block);
        return block;
    }

    [GeneratedRegex("(?<!`)`(?<text>[^`]+)`(?!`)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    [GeneratedRegex("<(?<name>[a-z-]+)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\]\((?<file>[^)#]*)(#(?<anchor>[^)]+))?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w -]", RegexOptions.None, 1000)]
    private static partial Regex NotInAnchors();
}
