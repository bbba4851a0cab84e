namespace PushPruner.Cli.Report;

/// <summary>
/// Writes HTML, and SVG in it. The names of elements and attributes are the program's own; every text and every attribute's value is made
/// harmless here, whoever wrote it: escaped, and without what would turn the direction of writing.
/// </summary>
sealed class Markup(TextWriter output)
{
    /// <summary>Elements that hold nothing and are not closed.</summary>
    public Markup Void(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteStart(element, attributes);
        return this;
    }

    /// <summary>An element with a text.</summary>
    public Markup Element(string element, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteStart(element, attributes);
        Text(text);
        WriteEnd(element);
        return this;
    }

    /// <summary>An element that is closed when what is given back is disposed of.</summary>
    public Closing Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteStart(element, attributes);
        return new Closing(this, element);
    }

    public Markup Text(string text)
    {
        foreach (var c in SafeText.Line(text))
        {
            switch (c)
            {
                case '&':
                    output.Write("&amp;");
                    break;
                case '<':
                    output.Write("&lt;");
                    break;
                case '>':
                    output.Write("&gt;");
                    break;
                case '"':
                    output.Write("&quot;");
                    break;
                case '\'':
                    output.Write("&#39;");
                    break;
                default:
                    output.Write(c);
                    break;
            }
        }

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
        output.Write('<');
        output.Write(element);
        foreach (var (name, value) in attributes)
        {
            if (value is null)
                continue;

            output.Write(' ');
            output.Write(name);
            output.Write("=\"");
            Text(value);
            output.Write('"');
        }

        output.Write('>');
    }

    void WriteEnd(string element)
    {
        output.Write("</");
        output.Write(element);
        output.Write('>');
    }

    /// <summary>Ends an element.</summary>
    public readonly ref struct Closing(Markup markup, string element)
    {
        public void Dispose() => markup.WriteEnd(element);
    }
}
