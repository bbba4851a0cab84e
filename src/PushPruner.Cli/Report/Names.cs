namespace PushPruner.Cli.Report;

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
