using System.Runtime.CompilerServices;
using System.Text;
using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Report;

/// <summary>
/// Writes HTML, and SVG in it. The names of elements and attributes are the program's own; every text and every attribute's value is made
/// harmless here, whoever wrote it: escaped, and without what would turn the direction of writing.
/// </summary>
sealed class Markup(TextWriter output)
{
    /// <summary>HTML of the program's own, in which each value is escaped; a number is written as a coordinate.</summary>
    public Markup Write([InterpolatedStringHandlerArgument("")] ref Template template) => this;

    /// <summary>An element with a text.</summary>
    public Markup Element(string element, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteStart(element, attributes);
        return Text(text).Own($"</{element}>");
    }

    /// <summary>An element that is closed when what is given back is disposed of.</summary>
    public Closing Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteStart(element, attributes);
        return new Closing(this, element);
    }

    /// <summary>A paragraph that need not be read.</summary>
    public Markup Muted(string text) => Element("p", text, ("class", "muted"));

    /// <summary>A section with a title, which is its name.</summary>
    public Closing Section(string id, string title, string? style = null)
    {
        WriteStart("section", [("aria-labelledby", id), ("class", style)]);
        Element("h2", title, ("id", id));
        return new Closing(this, "section");
    }

    public Markup Text(string text)
    {
        var escaped = new StringBuilder(SafeText.Line(text)).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        output.Write(escaped.Replace("\"", "&quot;").Replace("'", "&#39;"));
        return this;
    }

    /// <summary>
    /// A name that others gave: cut where it is endless, and set apart, so that its direction of writing is its own affair.
    /// </summary>
    public Markup Foreign(string name) => Element("bdi", Names.Cut(name));

    /// <summary>Text of the program's own that is HTML, a style or a script already.</summary>
    public Markup Own(string html)
    {
        output.Write(html);
        return this;
    }

    void WriteStart(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        output.Write($"<{element}");
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
                Own($" {name}=\"").Text(value).Own("\"");
        }

        output.Write('>');
    }

    /// <summary>Ends an element.</summary>
    public readonly ref struct Closing(Markup markup, string element)
    {
        public void Dispose() => markup.Own($"</{element}>");
    }

    /// <summary>Passes on a template as it is put together.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Template
    {
        readonly Markup markup;

        public Template(int literalLength, int formattedCount, Markup markup) => this.markup = markup;

        public void AppendLiteral(string html) => markup.Own(html);

        public void AppendFormatted(string text) => markup.Text(text);

        public void AppendFormatted(double number) => markup.Own(Coordinate.Of(number));
    }
}
