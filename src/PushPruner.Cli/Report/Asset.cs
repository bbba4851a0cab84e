using System.Security.Cryptography;
using System.Text;

namespace PushPruner.Cli.Report;

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
