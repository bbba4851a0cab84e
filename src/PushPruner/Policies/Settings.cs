namespace PushPruner.Policies;

/// <summary>How one deployment runs: the policy for all repositories, and the guards around it.</summary>
public sealed record Settings
{
    public RetentionPolicy Policy { get; init; } = new();

    public RepositoryFilter Repositories { get; init; } = RepositoryFilter.All;

    /// <summary>The most images of one repository that one run may delete; a run that would delete more deletes none.</summary>
    public int MaxDeletes { get; init; } = 500;

    /// <summary>Decide and say, but change nothing in ECR.</summary>
    public bool DryRun { get; init; }

    /// <summary>Reads the functions' environment. An empty variable counts as unset.</summary>
    /// <param name="variable">Gives the value of a variable, null when it is not set.</param>
    /// <exception cref="SettingException">Names the variable, the value and what is allowed.</exception>
    public static Settings FromEnvironment(Func<string, string?> variable)
    {
        var defaults = new Settings();
        return new Settings
        {
            Policy = new RetentionPolicy
            {
                KeepNewest = Read("KEEP_NEWEST", Setting.KeepNewest, defaults.Policy.KeepNewest),
                KeepFor = Read("KEEP_DAYS", Setting.Days, defaults.Policy.KeepFor),
                ProtectTags = Read("PROTECT_TAGS", Setting.TagPatterns, defaults.Policy.ProtectTags),
                KeepPulledFor = Read("KEEP_PULLED_DAYS", Setting.Days, defaults.Policy.KeepPulledFor),
                SettleTime = Read("SETTLE_MINUTES", Setting.SettleTime, defaults.Policy.SettleTime),
            },
            Repositories = Read("REPOSITORIES", Setting.Repositories, defaults.Repositories),
            MaxDeletes = Read("MAX_DELETES", Setting.MaxDeletes, defaults.MaxDeletes),
            DryRun = Read("DRY_RUN", Setting.Flag, defaults.DryRun),
        };

        T Read<T>(string name, Func<string, string, T> read, T otherwise) =>
            variable(name) is { Length: > 0 } text ? read(name, text) : otherwise;
    }
}
