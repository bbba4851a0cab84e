namespace PushPruner.Policies;

/// <summary>
/// What a repository's own ECR resource tags (<c>pushpruner:...</c>) ask for. Numbers go before the environment's; protect patterns
/// add to them; <c>enabled=false</c> keeps everything.
/// </summary>
public sealed record RepositoryOverrides
{
    public const string KeepNewestTag = Prefix + "keep-newest";
    public const string KeepDaysTag = Prefix + "keep-days";
    public const string ProtectTagsTag = Prefix + "protect-tags";
    public const string EnabledTag = Prefix + "enabled";

    const string Prefix = "pushpruner:";

    public static RepositoryOverrides None { get; } = new();

    public int? KeepNewest { get; init; }

    public TimeSpan? KeepFor { get; init; }

    public WildcardSet ProtectTags { get; init; } = WildcardSet.None;

    public bool Enabled { get; init; } = true;

    /// <summary>Why the tags can't be understood; null when they can. A malformed override keeps everything in the repository.</summary>
    public string? Malformed { get; init; }

    /// <summary>True if the repository was switched off, in words that can be understood.</summary>
    public bool IsDisabled => Malformed is null && !Enabled;

    /// <summary>Why nothing of the repository may be deleted; null when the rule applies.</summary>
    public string? KeepsEverything => Malformed ?? (Enabled ? null : $"the repository's resource tag {EnabledTag} is false");

    public static RepositoryOverrides Parse(IReadOnlyDictionary<string, string> resourceTags)
    {
        var overrides = None;
        try
        {
            // Ordered, so that of several malformed ones the same is named each time.
            foreach (var (key, value) in resourceTags
                    .Where(t => t.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                    .OrderBy(t => t.Key, StringComparer.Ordinal))
            {
                overrides = key switch
                {
                    KeepNewestTag => overrides with { KeepNewest = Setting.KeepNewest(key, value) },
                    KeepDaysTag => overrides with { KeepFor = Setting.Days(key, value) },
                    ProtectTagsTag => overrides with { ProtectTags = ProtectPatterns(key, value) },
                    EnabledTag => overrides with { Enabled = Setting.Flag(key, value) },
                    _ => throw new SettingException(
                        key,
                        value,
                        $"not a tag of PushPruner; there are {KeepNewestTag}, {KeepDaysTag}, {ProtectTagsTag} and {EnabledTag}"),
                };
            }
        }
        catch (SettingException e)
        {
            return None with { Malformed = $"resource tag {e.Message}" };
        }

        return overrides;
    }

    public RetentionPolicy ApplyTo(RetentionPolicy policy)
    {
        return policy with
        {
            KeepNewest = KeepNewest ?? policy.KeepNewest,
            KeepFor = KeepFor ?? policy.KeepFor,
            ProtectTags = policy.ProtectTags.Plus(ProtectTags),
        };
    }

    // ECR allows neither * nor a comma in the value of a resource tag: @ stands for *, blanks separate.
    static WildcardSet ProtectPatterns(string key, string value)
    {
        var patterns = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (patterns.Length == 0 || !patterns.All(p => p.All(c => Setting.IsTagCharacter(c) || c == '@')))
            throw new SettingException(key, value, "patterns for tags with blanks between, @ for any characters, such as latest release-@");

        return WildcardSet.Of(patterns.Select(p => p.Replace('@', '*')));
    }
}
