using System.Globalization;

namespace PushPruner.Policies;

/// <summary>
/// Reads one value of the policy from text. Every way in (the environment, a repository's resource tags, an option of the command line)
/// reads through here, so that all of them allow the same values and complain in the same words.
/// </summary>
public static class Setting
{
    /// <summary>The most that N may be.</summary>
    public const int MostNewest = 1_000;

    /// <summary>The longest that X may be, in days.</summary>
    public const int LongestDays = 36_500;

    /// <param name="name">The name the value came under, for the error.</param>
    /// <param name="text">The value as given.</param>
    /// <exception cref="SettingException">Names the setting, the value and what is allowed.</exception>
    public static int KeepNewest(string name, string text) => Whole(name, text, 1, MostNewest, "10");

    /// <inheritdoc cref="KeepNewest"/>
    public static TimeSpan Days(string name, string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days)
            && days is >= 0 and <= LongestDays)
        {
            return TimeSpan.FromTicks((long)(days * TimeSpan.TicksPerDay));
        }

        throw new SettingException(name, text, "a number of days from 0 to 36500, such as 30");
    }

    /// <inheritdoc cref="KeepNewest"/>
    public static int MaxDeletes(string name, string text) => Whole(name, text, 1, 100_000, "500");

    /// <inheritdoc cref="KeepNewest"/>
    public static TimeSpan SettleTime(string name, string text) => TimeSpan.FromMinutes(Whole(name, text, 0, 10_080, "60"));

    /// <inheritdoc cref="KeepNewest"/>
    public static bool Flag(string name, string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new SettingException(name, text, "true or false"),
    };

    /// <inheritdoc cref="KeepNewest"/>
    public static WildcardSet TagPatterns(string name, string text)
    {
        var patterns = Split(text);
        foreach (var pattern in patterns)
        {
            // A pattern with a character that no tag can have would protect nothing, silently.
            if (pattern.Length == 0 || !pattern.All(c => IsTagCharacter(c) || c is '*' or '?'))
            {
                throw new SettingException(
                    name,
                    text,
                    "patterns for tags (letters, digits, _ . - and the wildcards * ?) with commas between, such as latest,release-*");
            }
        }

        return WildcardSet.Of(patterns);
    }

    /// <inheritdoc cref="KeepNewest"/>
    public static RepositoryFilter Repositories(string name, string text)
    {
        List<string> included = [], excluded = [];
        foreach (var item in Split(text))
        {
            var isExclusion = item.StartsWith('!');
            var pattern = isExclusion ? item[1..].TrimStart(' ') : item;
            if (pattern.Length == 0 || !pattern.All(c => IsRepositoryCharacter(c) || c is '*' or '?'))
            {
                throw new SettingException(
                    name,
                    text,
                    "patterns for repository names (a-z, 0-9, . _ - / and the wildcards * ?) with commas between, ! in front to "
                        + "exclude, such as team-a/*,!team-a/base");
            }

            (isExclusion ? excluded : included).Add(pattern);
        }

        return new RepositoryFilter(WildcardSet.Of(included.Count > 0 ? included : ["*"]), WildcardSet.Of(excluded));
    }

    internal static bool IsTagCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';

    static bool IsRepositoryCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-' or '/';

    static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    static int Whole(string name, string text, int least, int most, string example)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        throw new SettingException(
            name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}, such as {example}"));
    }
}
