using PushPruner.Policies;

namespace PushPruner.Tests.Policies;

public class PolicyHashTests
{
    static readonly RetentionPolicy Policy = new() { ProtectTags = WildcardSet.Of("latest", "release-*") };

    public static TheoryData<RetentionPolicy> OtherPolicies => new(
        Policy with { KeepNewest = 11 },
        Policy with { KeepFor = TimeSpan.FromDays(29.9) },
        Policy with { ProtectTags = WildcardSet.Of("latest") },
        Policy with { ProtectTags = WildcardSet.Of("latest", "release-?") },
        Policy with { KeepPulledFor = TimeSpan.FromDays(1) },
        Policy with { SettleTime = TimeSpan.FromMinutes(61) });

    [Fact]
    public void It_is_the_same_in_every_version_so_that_a_printed_command_works_after_an_upgrade() =>
        PolicyHash.Of(Policy).ShouldBe("e4960e");

    [Theory]
    [MemberData(nameof(OtherPolicies))]
    public void A_policy_that_differs_in_anything_has_another_hash(RetentionPolicy other) =>
        PolicyHash.Of(other).ShouldNotBe(PolicyHash.Of(Policy));

    [Fact]
    public void The_order_and_repetition_of_protect_patterns_do_not_matter() =>
        PolicyHash.Of(Policy with { ProtectTags = WildcardSet.Of("release-*", "latest", "latest") }).ShouldBe(PolicyHash.Of(Policy));

    [Fact]
    public void What_is_printed_can_be_read() => PolicyHash.Read("--policy-hash", PolicyHash.Of(Policy)).ShouldBe(PolicyHash.Of(Policy));

    [Theory]
    [InlineData("")]
    [InlineData("3f9a1")]
    [InlineData("3f9a1c0")]
    [InlineData("3F9A1C")]
    [InlineData("3f9a1g")]
    public void Anything_else_is_an_error_that_says_what_is_allowed(string text) =>
        Should.Throw<SettingException>(() => PolicyHash.Read("--policy-hash", text)).Message
            .ShouldBe($"--policy-hash is \"{text}\": the policy that a halted run printed, 6 characters of 0-9 and a-f, such as 3f9a1c");
}
