using System.Xml;
using System.Xml.Linq;
using CsCheck;
using PushPruner.Cli.Report;

namespace PushPruner.Cli.Tests.Report;

public sealed class MarkupTests
{
    const string Hostile = "<b a=\"1\" c='2'>&amp;</b>]]>\u202e\u0000\u2028";
    const string Harmless = "<b a=\"1\" c='2'>&amp;</b>]]>\ufffd\ufffd ";

    [Fact]
    public void A_text_stays_a_text()
    {
        Written(html => html.Text(Hostile)).Value.ShouldBe(Harmless);
    }

    [Fact]
    public void A_value_stays_within_its_attribute()
    {
        var element = Written(html => html.Element("a", "", ("title", Hostile), ("class", "\"x"), ("id", null))).Element("a")!;

        element.Attributes().Select(a => (a.Name.LocalName, a.Value)).ShouldBe([("title", Harmless), ("class", "\"x")]);
    }

    [Fact]
    public void A_foreign_name_is_set_apart_and_cut()
    {
        var element = Written(html => html.Foreign(new string('a', 200))).Element("bdi")!;

        element.Value.ShouldBe($"{new string('a', 160)}…");
    }

    [Fact]
    public void Elements_are_closed_in_their_order()
    {
        var written = Written(html =>
        {
            using (html.Open("ul"))
            {
                using (html.Open("li"))
                    html.Text("one");
                html.Element("li", "two");
            }
        });

        written.ToString(SaveOptions.DisableFormatting).ShouldBe("<main><ul><li>one</li><li>two</li></ul></main>");
    }

    [Fact]
    public void Whatever_is_written_can_be_read_again()
    {
        Gen.Select(Gen.String, Gen.String).Sample((text, value) =>
        {
            var element = Written(html => html.Element("a", text, ("title", value))).Element("a")!;
            element.Nodes().ShouldAllBe(n => n.NodeType == XmlNodeType.Text);
            element.Attributes().Count().ShouldBe(1);
        });
    }

    static XElement Written(Action<Markup> write)
    {
        using var output = new StringWriter();
        write(new Markup(output));
        return XElement.Parse($"<main>{output}</main>", LoadOptions.PreserveWhitespace);
    }
}
