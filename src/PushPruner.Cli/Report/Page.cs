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
        html.Own("<!doctype html>\n");
        using (html.Open("html", ("lang", "en")))
        {
            using (html.Open("head"))
            {
                html.Void("meta", ("charset", "utf-8"))
                    .Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy))
                    .Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
                    .Void("meta", ("name", "color-scheme"), ("content", "light dark"))
                    .Void("meta", ("name", "referrer"), ("content", "no-referrer"))
                    .Element("title", title)
                    .Own($"<style>{Asset.Style.Text}</style>");
            }

            using (html.Open("body"))
            {
                html.Element("a", "Skip to the content", ("class", "skip"), ("href", "#main"));
                using (html.Open("main", ("id", "main"), ("tabindex", "-1")))
                    writeMain(html);
                html.Own($"<script>{Asset.Script.Text}</script>");
            }
        }

        html.Own("\n");
        return output.ToString();
    }
}
