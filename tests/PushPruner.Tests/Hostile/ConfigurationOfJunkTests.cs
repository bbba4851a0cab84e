using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using PushPruner.Policies;

namespace PushPruner.Tests.Hostile;

/// <summary>A value is taken for what it says, or refused by name; it never falls back to a default, and never to no protection.</summary>
public class ConfigurationOfJunkTests
{
    static readonly string[] Numbers = ["KEEP_NEWEST", "MAX_DELETES", "SETTLE_MINUTES"];
    static readonly string[] Days = ["KEEP_DAYS", "KEEP_PULLED_DAYS"];

    static readonly string[] Patterns = ["latest,release-*", "team-a/*,!team-a/base", "v?.?", "latest release-@", "true", "30", "0.5"];

    static readonly string[] Breakers =
    [
        "",
        " ",
        ",",
        "!",
        "!!",
        "@",
        "*",
        "?",
        "-",
        "+",
        ".",
        "e5",
        "_",
        "%",
        "0x1",
        "\0",
        "\n",
        "\r",
        "\t",
        "\u00a0",
        "\u202e",
        "\ufeff",
        "\ud800",
        "\u0661",
        "\uff11",
        "\u2212",
        "\U0001F600",
        "99999999999999999999999999999999",
        new('9', 5_000),
        new('*', 300),
        "true",
        "false",
        "null",
        "NaN",
        "Infinity",
        "1,000",
        "30d",
    ];

    // Something valid with something put into it, or nothing but the latter.
    static readonly Gen<string> SomeValue = Gen.OneOf(
        Gen.Select(Given.Pick.Of(Patterns), Given.Pick.Of(Breakers), Gen.Int[0, 30])
            .Select((text, breaker, at) => text.Insert(Math.Min(at, text.Length), breaker)),
        Gen.Select(Given.Pick.Of(Breakers), Given.Pick.Of(Breakers)).Select((a, b) => a + b),
        Gen.Int[-5, 200_000].Select(i => i.ToString(CultureInfo.InvariantCulture)),
        Gen.String);

    static readonly Gen<string> SomeVariable = Given.Pick.Of(
        "KEEP_NEWEST",
        "KEEP_DAYS",
        "PROTECT_TAGS",
        "KEEP_PULLED_DAYS",
        "REPOSITORIES",
        "MAX_DELETES",
        "SETTLE_MINUTES",
        "DRY_RUN");

    [Fact]
    public void A_variable_is_understood_or_refused_with_its_name_and_value() => Gen.Select(SomeVariable, SomeValue).Sample((name, value) =>
    {
        try
        {
            var settings = Settings.FromEnvironment(n => n == name ? value : null);
            if (value.Length == 0)
                return settings.Equals(new Settings { Repositories = settings.Repositories });

            return name switch
            {
                _ when Numbers.Contains(name) => IsNumber("[0-9]+", value),
                _ when Days.Contains(name) => IsNumber("(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)", value),
                "DRY_RUN" => settings.DryRun == (value == "true"),
                "PROTECT_TAGS" => settings.Policy.ProtectTags.Patterns.Count == value.Split(',').Length
                    && settings.Policy.ProtectTags.Patterns.All(p => Is("[A-Za-z0-9_.*?-]+", p.Pattern)),
                _ => settings.Repositories.Included.Patterns.Concat(settings.Repositories.Excluded.Patterns)
                    .All(p => Is("[a-z0-9/_.*?-]+", p.Pattern)),
            };
        }
        catch (SettingException e)
        {
            return value.Length > 0 && e.Message.StartsWith($"{name} is \"{value}\": ", StringComparison.Ordinal);
        }
    }, iter: 20_000);

    [Fact]
    public void Resource_tags_are_understood_or_keep_everything()
    {
        var keys = Given.Pick
            .Of("keep-newest", "keep-days", "protect-tags", "enabled", "Keep-Newest", "protect_tags", "", "enabled ")
            .Select(k => "pushpruner:" + k);
        var prefixes = Given.Pick.Of("pushpruner:", "PushPruner:");
        Gen.Select(keys, prefixes, SomeValue)
            .Array[1, 4]
            .Sample(
                tags =>
                {
                    var given = tags.DistinctBy(t => t.Item1, StringComparer.Ordinal)
                        .ToDictionary(
                            t => t.Item1.Replace("pushpruner:", t.Item2, StringComparison.Ordinal), t => t.Item3, StringComparer.Ordinal);

            var read = RepositoryOverrides.Parse(given);

            if (read.Malformed is { } why)
            {
                var (key, value) = given.First(t => why.Contains($"{t.Key} is \"{t.Value}\": ", StringComparison.Ordinal));
                key.StartsWith("pushpruner:", StringComparison.OrdinalIgnoreCase).ShouldBeTrue();
                read.ShouldBe(RepositoryOverrides.None with { Malformed = why });
                return;
            }

                    given.Keys.ShouldBeSubsetOf([
                        RepositoryOverrides.KeepNewestTag,
                        RepositoryOverrides.KeepDaysTag,
                        RepositoryOverrides.ProtectTagsTag,
                        RepositoryOverrides.EnabledTag,
                    ]);
                    (read.KeepNewest is not null).ShouldBe(given.ContainsKey(RepositoryOverrides.KeepNewestTag));
                    (read.KeepFor is not null).ShouldBe(given.ContainsKey(RepositoryOverrides.KeepDaysTag));
                    (read.ProtectTags.Patterns.Count > 0).ShouldBe(given.ContainsKey(RepositoryOverrides.ProtectTagsTag));
                    read.Enabled.ShouldBe(given.GetValueOrDefault(RepositoryOverrides.EnabledTag) != "false");
                },
                iter: 20_000);
    }

    /// <summary>
    /// As long as tags and patterns come, and made to be tried in as many ways as there are. What steps back without end never ends here.
    /// </summary>
    [Fact]
    public void Patterns_that_would_stall_an_expression_engine_match_as_they_should()
    {
        var texts = Gen.Select(Gen.String[Gen.Char["ab"], 0, 3], Gen.Int[1, 100], Gen.String[Gen.Char["abc"], 0, 3])
            .Select((unit, times, end) => Repeated(unit, times, 300) + end);
        var patterns = Gen.Select(Gen.String[Gen.Char["ab*?"], 1, 4], Gen.Int[1, 100], Gen.String[Gen.Char["abc*"], 0, 3])
            .Select((unit, times, end) => Repeated(unit, times, 256) + end);

        Gen.Select(patterns, texts)
            .Sample((pattern, text) => new Wildcard(pattern).Matches(text) == MatchesByTable(pattern, text), iter: 3_000);
    }

    static bool Is(string pattern, string text) => Regex.IsMatch(text, $"\\A{pattern}\\z", RegexOptions.None, TimeSpan.FromSeconds(10));

    // The platform's parser passes over NULs at the end of a number. Neither an environment nor a resource tag can hold one.
    static bool IsNumber(string pattern, string text) => Is(pattern, text.TrimEnd('\0'));

    static string Repeated(string unit, int times, int most)
    {
        var all = string.Concat(Enumerable.Repeat(unit, times));
        return all[..Math.Min(all.Length, most)];
    }

    // Which beginnings of the text each beginning of the pattern matches.
    static bool MatchesByTable(string pattern, string text)
    {
        var matched = new bool[text.Length + 1];
        matched[0] = true;
        foreach (var p in pattern)
        {
            var next = new bool[text.Length + 1];
            for (var t = 0; t <= text.Length; t++)
                next[t] = p == '*' ? matched[t] || (t > 0 && next[t - 1]) : t > 0 && matched[t - 1] && (p == '?' || p == text[t - 1]);
            matched = next;
        }

        return matched[^1];
    }
}
