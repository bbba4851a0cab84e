namespace PushPruner.Cli.Stacks;

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
