using PushPruner.Policies;

namespace PushPruner.Cli.Stacks;

/// <summary>The policy out of variables, named and read as the functions read their environment.</summary>
static class PolicyVariables
{
    /// <summary>Those that decide which images are deleted, and of which repositories.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["KEEP_NEWEST", "KEEP_DAYS", "STREAMS", "PROTECT_TAGS", "KEEP_PULLED_DAYS", "SETTLE_MINUTES", "REPOSITORIES", "MAX_DELETES"];

    /// <summary>Those of them that are set.</summary>
    public static IReadOnlyList<string> SetIn(Func<string, string?> variable) => [.. Names.Where(n => !string.IsNullOrEmpty(variable(n)))];

    /// <exception cref="SettingException">Names the variable, the value and what is allowed.</exception>
    public static Settings Read(Func<string, string?> variable) =>
        // Whether something is deleted is for the command's own options to say.
        Settings.FromEnvironment(name => Names.Contains(name, StringComparer.Ordinal) ? variable(name) : null);
}
