using PushPruner.Policies;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

/// <summary>What is true of one member keeps its image and all that belongs to it.</summary>
public class GroupsThatAMemberKeepsTests
{
    static readonly RetentionPolicy Policy = new() { KeepNewest = 1, KeepFor = TimeSpan.FromDays(30) };

    [Fact]
    public void An_expired_image_without_such_a_member_is_expired() =>
        Verdict(member => member).ShouldSatisfyAllConditions(v => v.IsExpired.ShouldBeTrue(), v => v.IsExempt.ShouldBeFalse());

    [Fact]
    public void An_image_whose_member_the_event_names_is_kept_and_counts_against_a_halt() =>
        Verdict(member => member with { IsSpared = true })
            .ShouldSatisfyAllConditions(v => v.IsExpired.ShouldBeFalse(), v => v.IsExempt.ShouldBeTrue());

    [Fact]
    public void An_image_whose_member_is_in_doubt_is_kept_and_counts_against_a_halt() =>
        Verdict(member => member with { Manifest = member.Manifest with { Status = ManifestStatus.Unknown } })
            .ShouldSatisfyAllConditions(v => v.IsExpired.ShouldBeFalse(), v => v.IsExempt.ShouldBeTrue(), v => v.IsDoubt.ShouldBeTrue());

    [Fact]
    public void An_archived_member_keeps_its_image_and_the_reason_names_it() =>
        Verdict(member => member with { Manifest = member.Manifest with { Status = ManifestStatus.Archived } })
            .Reason.ShouldContain(A.DigestOf(2).Value);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_a_member_whose_tag_is_not_shown_yet_makes_the_doubt_temporary(bool isLagging)
    {
        var member = A.Image(2, 40) with { IsLagging = isLagging };
        var unknown = member with { IsLagging = false, Manifest = member.Manifest with { Status = ManifestStatus.Unknown } };
        var group = ImageGroup.Of(Policy, [isLagging ? member : unknown], [isLagging ? member : unknown], A.Now);

        group.Doubt.ShouldNotBeNull();
        group.IsDoubtTemporary.ShouldBe(isLagging);
    }

    static Verdict Verdict(Func<KnownManifest, KnownManifest> member)
    {
        var list = new KnownManifest(
            A.Manifest(1, A.Now.AddDays(-40), "list") with { MediaType = MediaTypes.OciIndex },
            new ManifestHistory { Kind = Kind.Image, Members = DigestSet.Of(A.DigestOf(2)) });
        KnownManifest[] all = [list, member(new KnownManifest(A.Manifest(2, A.Now.AddDays(-40)), ManifestHistory.None)), A.Image(3, 1)];
        return Retention.Decide(Policy, A.Now, all, Scope.WholeRepository)[0];
    }
}
