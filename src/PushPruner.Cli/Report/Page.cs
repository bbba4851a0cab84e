namespace PushPruner.Cli.Report;

/// <summary>The frame of every page: one file that asks nobody for anything.</summary>
static class Page
{
    static readonly string Policy =
        $"default-src 'none'; style-src {Asset.Style.Hash}; script-src {Asset.Script.Hash}; base-uri 'none'; form-action 'none'";

    public static string Write(string title, Action<Markup> writeMain)
    {
        using var output = new StringWriter();
        var html = new Markup(output);
        html.Own("<!doctype html>\n")
            .Own("""<html lang="en"><head><meta charset="utf-8">""")
            .Write($"""<meta http-equiv="Content-Security-Policy" content="{Policy}">""")
            .Own("""<meta name="viewport" content="width=device-width, initial-scale=1">""")
            .Own("""<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">""")
            .Element("title", title)
            .Own($"<style>{Asset.Style.Text}</style></head>")
            .Own("""<body><a class="skip" href="#main">Skip to the content</a><main id="main" tabindex="-1">""");
        writeMain(html);
        html.Own($"</main><script>{Asset.Script.Text}</script></body></html>\n");
        return output.ToString();
    }
}
