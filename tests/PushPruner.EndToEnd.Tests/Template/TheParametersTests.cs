using System.Globalization;
using System.Text.RegularExpressions;
using PushPruner.Policies;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>What CloudFormation lets pass, and what the function would accept.</summary>
public sealed class TheParametersTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("KeepNewest", 1_000)]
    [InlineData("KeepDays", 36_500)]
    [InlineData("KeepPulledDays", 36_500)]
    [InlineData("MaxDeletes", 100_000)]
    [InlineData("SettleMinutes", 10_080)]
    public void Every_whole_number_passes_both_or_neither(string parameter, int most)
    {
        for (var number = 0; number <= most + 1_000; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            if (Passes(parameter, text) != IsUnderstood(parameter, text))
                Assert.Fail($"{parameter}={text}: the template {(Passes(parameter, text) ? "lets it pass" : "refuses it")}");
        }

        Passes(parameter, most.ToString(CultureInfo.InvariantCulture)).ShouldBeTrue();
        Passes(parameter, (most + 1).ToString(CultureInfo.InvariantCulture)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("KeepDays", "0.5", "36499.999999", "7.0")]
    [InlineData("KeepPulledDays", "0.25")]
    [InlineData("ProtectTags", "", "latest", "latest,release-*", " a , b?_.x ")]
    [InlineData("Repositories", "*", "team-a/*,!team-a/base", "! base", " a , b ")]
    [InlineData("DryRun", "true", "false")]
    public void What_a_person_may_mean_passes_both(string parameter, params string[] values)
    {
        foreach (var value in values)
        {
            Passes(parameter, value).ShouldBeTrue($"{parameter}={value}");
            IsUnderstood(parameter, value).ShouldBeTrue($"{parameter}={value}");
        }
    }

    [Theory]
    [InlineData("KeepNewest", "-1", "10.5", "1e2", " 10", "ten")]
    [InlineData("KeepDays", "30d", "-1", "36500.5", "1e3", "1,5", ".")]
    [InlineData("KeepPulledDays", "30d", "36500.000001")]
    [InlineData("ProtectTags", ",", "a,,b", "release/*", "a b", " ")]
    [InlineData("Repositories", ",", "!", "Upper", "a,", "a b", " ")]
    [InlineData("MaxDeletes", "500.0", "+500")]
    [InlineData("SettleMinutes", "-1", "60m")]
    [InlineData("DryRun", "True", "no", "1")]
    public void What_the_function_would_refuse_is_refused_at_deployment(string parameter, params string[] values)
    {
        foreach (var value in values)
        {
            IsUnderstood(parameter, value).ShouldBeFalse($"{parameter}={value}");
            Passes(parameter, value).ShouldBeFalse($"{parameter}={value}");
        }
    }

    [Theory]
    [InlineData(
        "ReconcileSchedule",
        "",
        "cron(0 22 ? * FRI *)",
        "cron(15 3 1 * ? 2027)",
        "cron(0/30 8-17 ? * MON-FRI *)",
        "rate(7 days)",
        "rate(1 day)")]
    [InlineData("ReconcileTimeZone", "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5")]
    [InlineData("AlarmTopicArn", "", "arn:aws:sns:eu-west-1:123456789012:on-call", "arn:aws-cn:sns:cn-north-1:123456789012:alarms.fifo")]
    [InlineData("ImagesQuota", "1", "100000", "200000000")]
    public void What_AWS_understands_passes(string parameter, params string[] values) =>
        values.ShouldAllBe(value => Passes(parameter, value));

    [Theory]
    [InlineData(
        "ReconcileSchedule",
        " ",
        "weekly",
        "0 22 ? * FRI *",
        "cron(0 22 * * FRI)",
        "cron(0 22 ? * FRI *) ",
        "rate(0 days)",
        "rate(7 weeks)",
        "at(2027-01-01T00:00:00)")]
    [InlineData("ReconcileTimeZone", "", " ", "+02:00", "Europe Berlin")]
    [InlineData("AlarmTopicArn", "on-call", "arn:aws:sqs:eu-west-1:123456789012:on-call", "arn:aws:sns:eu-west-1:123456789012:on call")]
    [InlineData("ImagesQuota", "", "0", "100,000", "1e5", "-1")]
    public void What_it_doesn_t_is_refused(string parameter, params string[] values) =>
        values.ShouldAllBe(value => !Passes(parameter, value));

    [Fact]
    public void As_many_repositories_at_once_as_a_map_allows() =>
        Enumerable
            .Range(0, 1_000)
            .Where(n => Passes("ReconcileConcurrency", n.ToString(CultureInfo.InvariantCulture)))
            .ShouldBe(Enumerable.Range(1, 40));

    [Fact]
    public void Every_one_has_a_default_that_passes_and_a_help_text()
    {
        foreach (var (name, parameter) in SamTemplate.Parameters)
        {
            Passes(name, parameter["Default"]!.GetValue<string>()).ShouldBeTrue(name);
            parameter["Description"].ShouldNotBeNull(name);
            if (parameter["AllowedPattern"] is not null)
                parameter["ConstraintDescription"].ShouldNotBeNull(name);
        }
    }

    static bool IsUnderstood(string parameter, string value)
    {
        try
        {
            Settings.FromEnvironment(name => name == VariableNames.Of(parameter) ? value : null);
            return true;
        }
        catch (SettingException)
        {
            return false;
        }
    }

    internal static bool Passes(string parameter, string value)
    {
        var declared = SamTemplate.Parameters[parameter];
        return declared["AllowedPattern"] is { } pattern
            ? Regex.IsMatch(value, pattern.GetValue<string>(), RegexOptions.None, Patience)
            : declared["AllowedValues"]!.AsArray().Any(allowed => allowed!.GetValue<string>() == value);
    }
}
