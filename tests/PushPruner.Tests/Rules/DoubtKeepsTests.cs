using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

public class DoubtKeepsTests
{
    static readonly RetentionPolicy OneNewest = new() { KeepNewest = 1 };

    public static TheoryData<string, Manifest> Doubtful => new()
    {
        { "ECR gave no time of its push", A.Manifest(1, null, "a") },
        { "its push time 1970-01-01 is before ECR existed", A.Manifest(1, DateTimeOffset.UnixEpoch, "a") },
        { "its push time 2026-06-03 is in the future", A.Manifest(1, A.Now.AddDays(2), "a") },
        { "ECR gave no media type", A.Manifest(1, A.Now.AddDays(-90), "a") with { MediaType = null } },
        { "its media type text/plain is unknown", A.Manifest(1, A.Now.AddDays(-90), "a") with { MediaType = "text/plain" } },
        { "its status is unknown", A.Manifest(1, A.Now.AddDays(-90), "a") with { Status = ManifestStatus.Unknown } },
    };

    [Theory]
    [MemberData(nameof(Doubtful))]
    public void What_can_t_be_established_keeps_and_is_not_counted(string reason, Manifest doubtful)
    {
        var verdicts = Retention.Decide(OneNewest, A.Now, [new(doubtful, Memory.None), A.Image(2, 100), A.Image(3, 101)], Scope.WholeRepository);

        verdicts[0].ShouldSatisfyAllConditions(
            v => v.IsExpired.ShouldBeFalse(),
            v => v.IsDoubt.ShouldBeTrue(),
            v => v.Rank.ShouldBeNull(),
            v => v.Reason.ShouldBe($"in doubt: {reason}"));
        verdicts[1].IsExpired.ShouldBeFalse("the doubtful one must not push it out");
        verdicts[2].IsExpired.ShouldBeTrue();
    }

    [Fact]
    public void A_clock_a_day_off_is_no_doubt() =>
        Retention.Decide(OneNewest, A.Now, [A.Image(1, -0.9)], Scope.WholeRepository)[0].IsDoubt.ShouldBeFalse();
}
