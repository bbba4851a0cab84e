using System.Security.Cryptography;
using System.Text;

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

/// <summary>A style or a script that stands in the page, and the hash by which the page allows it and no other.</summary>
sealed class Asset
{
    Asset(string text)
    {
        Text = text;
        Hash = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }

    public static Asset Style { get; } = Read("page.css");

    public static Asset Script { get; } = Read("page.js");

    public string Text { get; }

    /// <summary>As a Content-Security-Policy names it.</summary>
    public string Hash { get; }

    // A browser hashes what it has parsed, in which a line ends in one character.
    static Asset Read(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return new Asset(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}

/// <summary>Names that others gave, short enough for a page.</summary>
static class Names
{
    const int Longest = 160;
    const int LongestMessage = 400;
    const int ShownHex = 12;
    const int MostTags = 3;

    public static string Cut(string name) => name.Length <= Longest ? name : $"{name[..Longest]}…";

    public static string CutMessage(string message) => message.Length <= LongestMessage ? message : $"{message[..LongestMessage]}…";

    /// <summary>Its tags or, where it has none, the beginning of its digest.</summary>
    public static string Of(Manifest manifest) => manifest.Tags.Count switch
    {
        0 => Of(manifest.Digest),
        <= MostTags => string.Join(", ", manifest.Tags.Select(Cut)),
        var count => $"{string.Join(", ", manifest.Tags.Take(MostTags).Select(Cut))} and {count - MostTags} more",
    };

    public static string Of(Digest digest) =>
        digest.Hex.Length <= ShownHex ? digest.Value : $"{digest.Value[..^(digest.Hex.Length - ShownHex)]}…";
}
