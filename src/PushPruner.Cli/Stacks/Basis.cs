namespace PushPruner.Cli.Stacks;

/// <summary>The settings that a command starts from; its own options go before them.</summary>
/// <param name="Origin">Where they are from, for scripts: "defaults", "environment", "file" or "stack".</param>
sealed record Basis(Settings Settings, string Origin)
{
    /// <summary>The stack's table; null where no stack is given.</summary>
    public string? IndexTable { get; init; }

    /// <summary>Where they are from, in a sentence; null for the command's own defaults.</summary>
    public string? Sentence { get; init; }

    /// <summary>What has to be known of them, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public static Basis Defaults { get; } = new(new Settings(), "defaults");
}
