using PushPruner.Policies;

namespace PushPruner.Tests.Policies;

public class EnvironmentTests
{
    static Settings Read(params (string Name, string Value)[] variables) =>
        Settings.FromEnvironment(name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault());

    [Fact]
    public void An_empty_environment_means_the_defaults()
    {
        var settings = Read(("KEEP_NEWEST", ""), ("PROTECT_TAGS", ""));

        settings.Policy.ShouldSatisfyAllConditions(
            p => p.KeepNewest.ShouldBe(10),
            p => p.KeepFor.ShouldBe(TimeSpan.FromDays(30)),
            p => p.ProtectTags.Patterns.ShouldBeEmpty(),
            p => p.KeepPulledFor.ShouldBe(TimeSpan.Zero),
            p => p.SettleTime.ShouldBe(TimeSpan.FromHours(1)));
        settings.MaxDeletes.ShouldBe(500);
        settings.DryRun.ShouldBeFalse();
        settings.Repositories.Serves("anything/at-all").ShouldBeTrue();
    }

    [Fact]
    public void Every_variable_is_read()
    {
        var settings = Read(
            ("KEEP_NEWEST", "1000"), ("KEEP_DAYS", "0.5"), ("PROTECT_TAGS", " latest , release-* "), ("KEEP_PULLED_DAYS", "14"),
            ("SETTLE_MINUTES", "0"), ("REPOSITORIES", "team-a/*,!team-a/base"), ("MAX_DELETES", "100000"), ("DRY_RUN", "true"));

        settings.Policy.KeepNewest.ShouldBe(1_000);
        settings.Policy.KeepFor.ShouldBe(TimeSpan.FromHours(12));
        settings.Policy.ProtectTags.ShouldBe(WildcardSet.Of("latest", "release-*"));
        settings.Policy.KeepPulledFor.ShouldBe(TimeSpan.FromDays(14));
        settings.Policy.SettleTime.ShouldBe(TimeSpan.Zero);
        settings.MaxDeletes.ShouldBe(100_000);
        settings.DryRun.ShouldBeTrue();
        settings.Repositories.Serves("team-a/web").ShouldBeTrue();
        settings.Repositories.Serves("team-a/base").ShouldBeFalse();
        settings.Repositories.Serves("team-b/web").ShouldBeFalse();
    }

    [Theory]
    [InlineData("KEEP_NEWEST", "0", "a whole number from 1 to 1000, such as 10")]
    [InlineData("KEEP_NEWEST", "1001", "a whole number from 1 to 1000, such as 10")]
    [InlineData("KEEP_NEWEST", "+5", "a whole number from 1 to 1000, such as 10")]
    [InlineData("KEEP_NEWEST", "5.0", "a whole number from 1 to 1000, such as 10")]
    [InlineData("KEEP_DAYS", "30d", "a number of days from 0 to 36500, such as 30")]
    [InlineData("KEEP_DAYS", "-1", "a number of days from 0 to 36500, such as 30")]
    [InlineData("KEEP_DAYS", "1,5", "a number of days from 0 to 36500, such as 30")]
    [InlineData("KEEP_DAYS", "1e3", "a number of days from 0 to 36500, such as 30")]
    [InlineData("KEEP_DAYS", "999999", "a number of days from 0 to 36500, such as 30")]
    [InlineData("KEEP_DAYS", " 30", "a number of days from 0 to 36500, such as 30")]
    [InlineData("KEEP_DAYS", "99999999999999999999999999999999999", "a number of days from 0 to 36500, such as 30")]
    [InlineData("KEEP_PULLED_DAYS", "x", "a number of days from 0 to 36500, such as 30")]
    [InlineData("MAX_DELETES", "0", "a whole number from 1 to 100000, such as 500")]
    [InlineData("SETTLE_MINUTES", "10081", "a whole number from 0 to 10080, such as 60")]
    [InlineData("DRY_RUN", "True", "true or false")]
    [InlineData("DRY_RUN", "1", "true or false")]
    [InlineData(
        "PROTECT_TAGS",
        "latest,,prod",
        "patterns for tags (letters, digits, _ . - and the wildcards * ?) with commas between, such as latest,release-*")]
    [InlineData(
        "PROTECT_TAGS",
        ",",
        "patterns for tags (letters, digits, _ . - and the wildcards * ?) with commas between, such as latest,release-*")]
    [InlineData(
        "PROTECT_TAGS",
        "release/*",
        "patterns for tags (letters, digits, _ . - and the wildcards * ?) with commas between, such as latest,release-*")]
    [InlineData(
        "PROTECT_TAGS",
        "latest prod",
        "patterns for tags (letters, digits, _ . - and the wildcards * ?) with commas between, such as latest,release-*")]
    [InlineData(
        "REPOSITORIES",
        "!",
        "patterns for repository names (a-z, 0-9, . _ - / and the wildcards * ?) with commas between, ! in front to exclude, such as "
            + "team-a/*,!team-a/base"
    )]
    [InlineData(
        "REPOSITORIES",
        "Team",
        "patterns for repository names (a-z, 0-9, . _ - / and the wildcards * ?) with commas between, ! in front to exclude, such as "
            + "team-a/*,!team-a/base"
    )]
    public void A_value_that_can_t_be_understood_stops_with_its_name_its_value_and_what_is_allowed(
        string name,
        string value,
        string allowed) => Should.Throw<SettingException>(() => Read((name, value))).Message.ShouldBe($"{name} is \"{value}\": {allowed}");

    [Fact]
    public void The_longest_window_does_not_overflow()
    {
        var policy = Read(("KEEP_DAYS", "36500"), ("KEEP_PULLED_DAYS", "36500")).Policy;

        (Given.A.Now - policy.KeepFor).Year.ShouldBe(1926);
        Retention().ShouldBe([false, false]);

        IEnumerable<bool> Retention() =>
            PushPruner.Rules.Retention
                .Decide(
                    policy with
                    {
                        KeepNewest = 1,
                    },
                    Given.A.Now,
                    [Given.A.Image(1, 1), Given.A.Image(2, 4_000)],
                    PushPruner.Rules.Scope.WholeRepository)
                .Select(v => v.IsExpired);
    }

    [Theory]
    [InlineData("!secret/*", "app", true)]
    [InlineData("!secret/*", "secret/app", false)]
    [InlineData("secret/app,!secret/*", "secret/app", false)]
    [InlineData("team-?/*", "team-a/x", true)]
    [InlineData("team-?/*", "team-ab/x", false)]
    public void Exclusions_win_and_alone_mean_everything_else(string repositories, string repository, bool isServed) =>
        Read(("REPOSITORIES", repositories)).Repositories.Serves(repository).ShouldBe(isServed);
}
