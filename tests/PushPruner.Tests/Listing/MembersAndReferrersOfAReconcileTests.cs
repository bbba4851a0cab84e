using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Listing;

/// <summary>What belongs to images, where the images are gone, or many share it, or they aren't there yet.</summary>
public class MembersAndReferrersOfAReconcileTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    static Digest D(LocalManifest manifest) => Digest.Parse(manifest.Digest);

    static PushScenario WithLone(string tag, Digest? subject, double daysOld = 40)
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("newest", 1);
        scenario.Ecr.Seed(
            PushScenario.App,
            ManifestFactory.Image("lone", 10).At(PushScenario.Noon.AddDays(-daysOld), tag.Length > 0 ? [tag] : []) with
            {
                SubjectDigest = subject?.Value,
            });
        return scenario;
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(30, 0)]
    public async Task A_referrer_without_its_subject_is_deleted_when_it_is_older_than_X(double daysOld, int deleted)
    {
        var scenario = WithLone("", A.DigestOf(1), daysOld);

        var result = await scenario.ReconcileAsync();

        result.DeletedCount.ShouldBe(deleted);
        result.Expired.Select(e => e.Reason).ShouldAllBe(r => r == "a referrer whose subject is gone, 40.0 days old");
    }

    [Fact]
    public async Task A_referrer_is_kept_if_its_subject_is_pushed_again_before_the_delete()
    {
        var subject = ManifestFactory.Image("subject", 1_000);
        var scenario = WithLone("", D(subject));
        scenario.Meanwhile("ListTagsForResource", () => scenario.Ecr.PutImage(subject.Put(PushScenario.App, "again")));

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_signature_whose_subject_was_never_here_is_kept()
    {
        var scenario = WithLone($"sha256-{A.DigestOf(1).Hex}.sig", subject: null);

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(0);

        scenario.Images.Count.ShouldBe(2, "people keep the signatures of one repository in another");
    }

    [Fact]
    public async Task A_signature_is_deleted_after_its_subject_whoever_deleted_the_subject()
    {
        var scenario = new PushScenario(OneNewest);
        var subject = scenario.HasImage("subject", 50);
        scenario.Ecr.Seed(
            PushScenario.App, ManifestFactory.Image("signature", 10).At(PushScenario.Noon.AddDays(-49), $"sha256-{subject.Hex}.sig"));
        scenario.HasImage("newest", 1);
        scenario.Settings = OneNewest with { DryRun = true };
        await scenario.ReconcileAsync();
        scenario.DeletedByHand("subject");
        await scenario.ReconcileAsync();
        scenario.Settings = OneNewest;

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(1);

        scenario.Images.ShouldBe(["newest"]);
    }

    [Fact]
    public async Task Members_whose_manifest_list_somebody_deleted_are_deleted_when_they_are_older_than_X()
    {
        var scenario = new PushScenario(OneNewest);
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, 40);
        scenario.HasImage("newest", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Expire(PushScenario.App, release.List.Digest).ShouldBeTrue();

        var result = await scenario.ReconcileAsync();

        scenario.Images.ShouldBe(["newest"]);
        result.ExpiredCount.ShouldBe(result.DeletedCount);
        result.Drift.Phantom.ShouldBe(1);
    }

    [Fact]
    public async Task A_member_that_hundreds_of_images_share_is_deleted_with_the_last_of_them()
    {
        var scenario = new PushScenario(OneNewest);
        var shared = ManifestFactory.Image("shared", 10);
        scenario.Ecr.Seed(PushScenario.App, shared.At(PushScenario.Noon.AddDays(-400)));
        for (var n = 0; n < 250; n++)
        {
            var own = ManifestFactory.Image($"own-{n}", 10);
            scenario.Ecr.Seed(PushScenario.App, own.At(PushScenario.Noon.AddDays(-300)));
            scenario.Ecr.Seed(
                PushScenario.App, ManifestFactory.ManifestList(own, shared).At(PushScenario.Noon.AddDays(-300).AddMinutes(n), $"i{n}"));
        }

        scenario.HasImage("newest", 40);

        var result = await scenario.ReconcileAsync();

        scenario.Images.ShouldBe(["newest"]);
        result.DeletedCount.ShouldBe(501);
        result.ExpiredCount.ShouldBe(250);
    }

    [Fact]
    public async Task A_member_that_a_kept_image_shares_is_kept_and_its_row_names_no_deleted_owner()
    {
        var scenario = new PushScenario(OneNewest);
        var shared = ManifestFactory.Image("shared", 10);
        scenario.Ecr.Seed(PushScenario.App, shared.At(PushScenario.Noon.AddDays(-400)));
        var kept = ManifestFactory.ManifestList(shared);
        scenario.Ecr.Seed(PushScenario.App, kept.At(PushScenario.Noon.AddDays(-1), "kept"));
        for (var n = 0; n < 10; n++)
        {
            var own = ManifestFactory.Image($"own-{n}", 10);
            scenario.Ecr.Seed(PushScenario.App, own.At(PushScenario.Noon.AddDays(-300)));
            scenario.Ecr.Seed(
                PushScenario.App, ManifestFactory.ManifestList(own, shared).At(PushScenario.Noon.AddDays(-300).AddMinutes(n), $"i{n}"));
        }

        await scenario.ReconcileAsync();

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[D(shared)].History.Owners.ShouldBe(DigestSet.Of(D(kept)));
    }

    [Fact]
    public async Task What_is_named_and_is_not_there_is_known_for_whose_it_is_when_it_comes()
    {
        var scenario = new PushScenario(OneNewest);
        var cached = ManifestFactory.Image("amd64", 10);
        var later = ManifestFactory.Image("arm64", 10);
        scenario.Ecr.Seed(PushScenario.App, cached.At(PushScenario.Noon.AddDays(-2)));
        // As in a pull-through cache, which fetches the members of an index when somebody wants them.
        var index = ManifestFactory.ManifestList(cached, later);
        scenario.Ecr.Seed(PushScenario.App, index.At(PushScenario.Noon.AddDays(-2), "3.19"));

        await scenario.ReconcileAsync();
        scenario.ClearCounters();
        (await scenario.ReconcileAsync()).Drift.ShouldBe(Drift.None);
        scenario.Index.Calls.ShouldBe(["read", "read all"]);
        await scenario.HandleAsync(scenario.Ecr.PutImage(later.Put(PushScenario.App, "arm64")).Event!);

        (await RowAsync(scenario, later)).ShouldSatisfyAllConditions(
            r => r.History.Owners.ShouldBe(DigestSet.Of(D(index))), r => r.RankedAt.ShouldBeNull());
    }

    [Fact]
    public async Task Rows_of_members_that_only_deleted_images_named_are_removed()
    {
        var scenario = WithLone($"sha256-{A.DigestOf(1).Hex}.sig", A.DigestOf(2));

        await scenario.ReconcileAsync();

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Leftover_members_are_kept_beside_a_manifest_list_that_can_t_be_read()
    {
        var scenario = WithLone("", A.DigestOf(1));
        scenario.Ecr.Seed(
            PushScenario.App,
            new SeededImage
            {
                Digest = A.DigestOf(9).Value, Tags = ["i"], PushedAt = PushScenario.Noon.AddMinutes(-2), MediaType = MediaTypes.OciIndex,
            });

        var result = await scenario.ReconcileAsync();

        result.DeletedCount.ShouldBe(0);
        result.DoubtCount.ShouldBe(2);
    }

    static async Task<IndexRow> RowAsync(PushScenario scenario, LocalManifest manifest) =>
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[D(manifest)];
}
