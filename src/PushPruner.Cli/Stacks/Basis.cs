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

/// <summary>The policy out of variables, named and read as the functions read their environment.</summary>
static class PolicyVariables
{
    /// <summary>Those that decide which images are deleted, and whether.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["KEEP_NEWEST", "KEEP_DAYS", "STREAMS", "PROTECT_TAGS", "KEEP_PULLED_DAYS", "SETTLE_MINUTES", "REPOSITORIES", "MAX_DELETES", "DRY_RUN"];

    /// <summary>Those of them that are set.</summary>
    public static IReadOnlyList<string> SetIn(Func<string, string?> variable) => [.. Names.Where(n => !string.IsNullOrEmpty(variable(n)))];

    /// <exception cref="SettingException">Names the variable, the value and what is allowed.</exception>
    public static Settings Read(Func<string, string?> variable) =>
        Settings.FromEnvironment(name => Names.Contains(name, StringComparer.Ordinal) ? variable(name) : null);
}
