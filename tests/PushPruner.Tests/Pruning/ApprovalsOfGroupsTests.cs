using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>What belongs to images, when an approval covers only some of the images.</summary>
public class ApprovalsOfGroupsTests
{
    static readonly ReconcileRequest AsOfNoon = new(PushScenario.App) { AsOf = PushScenario.Noon };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_and_referrers_are_deleted_with_covered_images_alone(bool dryRun)
    {
        var scenario = NewWorld();
        var (covered, late) = (Release.Of("covered"), Release.Of("late"));
        covered.IsIn(scenario.Ecr, 60);
        late.IsIn(scenario.Ecr, 29);
        scenario.Clock.Advance(TimeSpan.FromDays(5));

        var result = await scenario.ReconcileAsync(AsOfNoon with { DryRun = dryRun });

        (result.ExpiredCount, result.NotApprovedCount).ShouldBe((1, 1));
        result.Deleted.ShouldBe(covered.Digests, ignoreOrder: true);
        scenario.Ecr.Images(PushScenario.App).Count.ShouldBe(dryRun ? 15 : 8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_member_that_an_image_shares_which_is_not_covered_is_kept(bool dryRun)
    {
        var scenario = NewWorld();
        LocalManifest shared = ManifestFactory.Image("shared", 1_000),
            own = ManifestFactory.Image("own", 1_000, "linux/arm64"),
            other = ManifestFactory.Image("other", 1_000, "linux/arm64");
        foreach (var member in (LocalManifest[])[shared, own])
            scenario.Ecr.Seed(PushScenario.App, member.At(PushScenario.Noon.AddDays(-60)));
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.ManifestList(shared, own).At(PushScenario.Noon.AddDays(-60), "covered"));
        scenario.Ecr.Seed(PushScenario.App, other.At(PushScenario.Noon.AddDays(-29)));
        scenario.Ecr.Seed(PushScenario.App, ManifestFactory.ManifestList(shared, other).At(PushScenario.Noon.AddDays(-29), "late"));
        scenario.Clock.Advance(TimeSpan.FromDays(5));

        var result = await scenario.ReconcileAsync(AsOfNoon with { DryRun = dryRun });

        result.Deleted.ShouldBe([ManifestFactory.ManifestList(shared, own).Digest, own.Digest], ignoreOrder: true);
    }

    [Fact]
    public async Task A_signature_that_was_pushed_since_is_deleted_with_its_covered_image()
    {
        var scenario = NewWorld();
        var image = scenario.HasImage("covered", 60);
        scenario.Clock.Advance(TimeSpan.FromDays(1));
        scenario.Ecr.PutImage(ManifestFactory.Image("signature", 10).Put(PushScenario.App, $"sha256-{image.Hex}.sig"));

        (await scenario.ReconcileAsync(AsOfNoon)).DeletedCount.ShouldBe(2);
        scenario.Images.ShouldBe(["newest"]);
    }

    [Fact]
    public async Task A_lone_referrer_that_expired_since_is_not_covered()
    {
        var scenario = NewWorld();
        foreach (var (name, daysOld) in ((string, double)[])[("covered", 60), ("late", 29)])
        {
            scenario.Ecr.Seed(
                PushScenario.App,
                ManifestFactory.Image(name, 10).At(PushScenario.Noon.AddDays(-daysOld)) with
                {
                    SubjectDigest = A.DigestOf(1).Value,
                });
        }

        scenario.Clock.Advance(TimeSpan.FromDays(5));

        var result = await scenario.ReconcileAsync(AsOfNoon);

        (result.DeletedCount, result.NotApprovedCount).ShouldBe((1, 1));
        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(1);
    }

    static PushScenario NewWorld()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        scenario.HasImage("newest", 1);
        return scenario;
    }
}
