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
        var verdicts = Retention.Decide(
            OneNewest, A.Now, [new(doubtful, ManifestHistory.None), A.Image(2, 100), A.Image(3, 101)], Scope.WholeRepository);

        verdicts[0].ShouldSatisfyAllConditions(
            v => v.IsExpired.ShouldBeFalse(),
            v => v.IsDoubt.ShouldBeTrue(),
            v => v.Rank.ShouldBeNull(),
            v => v.Reason.ShouldBe($"in doubt: {reason}"));
        verdicts[1].IsExpired.ShouldBeFalse("the doubtful one must not push it out");
        verdicts[2].IsExpired.ShouldBeTrue();
    }

    public static TheoryData<string, KnownManifest> Untagged => new()
    {
        { "proven", new(A.Manifest(1, A.Now.AddDays(-90)), ManifestHistory.None with { ProvenFor = A.Now.AddDays(-90) }) },
        { "left over", new(A.Manifest(1, A.Now.AddDays(-90)), ManifestHistory.None with { WasMember = true }) },
        { "lone", new(A.Manifest(1, A.Now.AddDays(-90)) with { Subject = A.DigestOf(7) }, ManifestHistory.None) },
    };

    [Theory]
    [MemberData(nameof(Untagged))]
    public void Beside_what_can_t_be_read_everything_untagged_is_in_doubt(string what, KnownManifest untagged)
    {
        var tagged = new[] { A.Image(2, 1), A.Image(3, 2) };
        Retention
            .Decide(OneNewest, A.Now, [untagged, .. tagged], Scope.WholeRepository)[0]
            .IsExpired.ShouldBeTrue($"{what}, and nothing unreadable");

        Retention
            .Decide(
                OneNewest,
                A.Now,
                [untagged, .. tagged, A.Image(4, 5) with { Manifest = A.Manifest(4, A.Now, "i") with { MediaType = MediaTypes.OciIndex } }],
                Scope.WholeRepository)[0]
            .IsDoubt.ShouldBeTrue("an index that can't be read may name it");
        Retention
            .Decide(
                OneNewest,
                A.Now,
                [untagged, .. tagged, A.Image(4, 5) with { Manifest = A.Manifest(4, A.Now, "i") with { MediaType = "application/x" } }],
                Scope.WholeRepository)[0]
            .IsDoubt.ShouldBeTrue("so may what is of a type that nobody knows");
        Retention
            .Decide(
                OneNewest,
                A.Now,
                [untagged, .. tagged],
                Scope.WholeRepository,
                gone: null,
                unreadable: new(A.DigestOf(4), Until: null))[0]
            .IsDoubt.ShouldBeTrue("so may one that isn't among the facts");
    }

    [Fact]
    public void A_clock_a_day_off_is_no_doubt() =>
        Retention.Decide(OneNewest, A.Now, [A.Image(1, -0.9)], Scope.WholeRepository)[0].IsDoubt.ShouldBeFalse();
}
