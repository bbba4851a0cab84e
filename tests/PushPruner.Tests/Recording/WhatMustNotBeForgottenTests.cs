using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

/// <summary>What one run learned, another that comes between must not make the index forget.</summary>
public class WhatMustNotBeForgottenTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    static Digest D(LocalManifest manifest) => Digest.Parse(manifest.Digest);

    static async Task<IReadOnlyDictionary<Digest, IndexRow>> RowsAsync(PushScenario scenario) =>
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;

    [Fact]
    public async Task A_part_pushed_while_a_reconcile_lists_is_known_for_whose_it_is()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImage("k", 40);
        scenario.HasImage("o", 41);
        await scenario.ReconcileAsync();
        var part = ManifestFactory.Image("part", 1_000);
        var index = ManifestFactory.ManifestList(part);
        RegistryEvent? late = null;
        scenario.Meanwhile("DescribeImages", () =>
        {
            scenario.HandleAsync(scenario.Ecr.PutImage(part.Put(PushScenario.App, "amd64-1.0")).Event!).GetAwaiter().GetResult();
            late = scenario.Ecr.PutImage(index.Put(PushScenario.App, "1.0")).Event!;
        });

        await scenario.ReconcileAsync();
        var result = await scenario.HandleAsync(late!);

        scenario.Images.ShouldContain("k", $"only one image, 1.0, is newer: {string.Join(',', result.Expired.Select(e => e.Reason))}");
    }

    [Fact]
    public async Task Two_events_of_one_multi_arch_push_that_meet_a_repository_at_once_know_whose_the_part_is()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImage("k", 40);
        var part = ManifestFactory.Image("part", 1_000);
        var index = ManifestFactory.ManifestList(part);
        Task Push(RegistryEvent e, IRegistry registry) =>
            new PushJob(registry, scenario.Index, scenario.Settings, scenario.Patience, NullLogger.Instance).RunAsync(
                new ImagePush(e.Repository, Digest.Parse(e.Digest), e.Tag, e.At),
                new Invocation("r", scenario.Clock.GetUtcNow().AddMinutes(15)),
                default);

        var one = new Gated(new InProcessRegistry(scenario.Ecr));
        var two = new Gated(new InProcessRegistry(scenario.Ecr));
        var first = Push(scenario.Ecr.PutImage(part.Put(PushScenario.App, "amd64-1.0")).Event!, one);
        await one.Reached.Task;
        var second = Push(scenario.Ecr.PutImage(index.Put(PushScenario.App, "1.0")).Event!, two);
        await two.Reached.Task;
        one.Go.SetResult();
        await first;
        two.Go.SetResult();
        await second;

        (await RowsAsync(scenario))[D(part)]
            .ShouldSatisfyAllConditions(r => r.History.Owners.ShouldBe(DigestSet.Of(D(index))), r => r.RankedAt.ShouldBeNull());
        scenario.Images.ShouldContain("k");
    }

    sealed class Gated(IRegistry inner) : RegistryDecorator(inner)
    {
        public TaskCompletionSource Reached { get; } = new();

        public TaskCompletionSource Go { get; } = new();

        public override async Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(
            string repository, CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await Go.Task;
            return await Inner.ReadResourceTagsAsync(repository, cancellationToken);
        }
    }

    // A referrer with a lost event, whose subject is written meanwhile.
    [Fact]
    public async Task A_protecting_referrer_found_by_the_listing_is_remembered_although_its_subject_was_written_meanwhile()
    {
        var scenario = new PushScenario(OneNewest with { Policy = OneNewest.Policy with { ProtectTags = WildcardSet.Of("keep-*") } });
        var subject = ManifestFactory.Image("subject", 1_000);
        scenario.HasImage("subject", 29);
        scenario.HasImage("newest", 1);
        await scenario.ReconcileAsync();
        var sbom = ManifestFactory.Referrer(subject, "sbom");
        scenario.Ecr.PutImage(sbom.Put(PushScenario.App, "keep-sbom")); // its event is lost
        scenario.Meanwhile(
            "ListTagsForResource",
            () => scenario.HandleAsync(scenario.Ecr.PutImage(subject.Put(PushScenario.App, "again")).Event!).GetAwaiter().GetResult());
        await scenario.ReconcileAsync();
        scenario.Clock.Advance(TimeSpan.FromDays(40));

        await scenario.PushAsync("new");

        scenario.Ecr.Images(PushScenario.App).ShouldContain(i => i.Digest == subject.Digest, "its sbom is protected");
    }

    [Fact]
    public async Task A_leading_row_that_referrers_name_is_not_forgotten()
    {
        var scenario = new PushScenario(OneNewest);
        var subject = ManifestFactory.Image("a", 1_000);
        scenario.HasImage("a", 10);
        scenario.HasImage("newest", 1);
        var sbom = ManifestFactory.Referrer(subject, "sbom");
        scenario.Ecr.Seed(PushScenario.App, sbom.At(PushScenario.Noon.AddDays(-10)) with { SubjectDigest = subject.Digest });
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("a");
        await scenario.ReconcileAsync();
        scenario.ClearCounters();

        await scenario.ReconcileAsync();

        scenario.Index.Calls.ShouldBe(["read", "read all"]);
    }

    [Fact]
    public async Task What_keeps_an_image_that_is_pushed_again_is_known()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 1, KeepPulledFor = TimeSpan.FromDays(20) },
            });
        var subject = ManifestFactory.Image("a", 1_000);
        scenario.HasImage("a", 10);
        scenario.HasImage("newest", 1);
        var sbom = ManifestFactory.Referrer(subject, "sbom");
        scenario.Ecr.Seed(PushScenario.App, sbom.At(PushScenario.Noon.AddDays(-10)) with { SubjectDigest = subject.Digest });
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("a");
        await scenario.ReconcileAsync();
        await scenario.HandleAsync(scenario.Ecr.PutImage(subject.Put(PushScenario.App, "a")).Event!);
        scenario.Clock.Advance(TimeSpan.FromDays(40));
        scenario.Ecr.RecordPull(PushScenario.App, sbom.Digest, scenario.Clock.GetUtcNow().AddDays(-1));

        await scenario.PushAsync("new");

        scenario.Images.ShouldContain("a", "its sbom was pulled yesterday");
    }

    [Fact]
    public async Task A_push_that_keeps_an_index_does_not_forget_whose_its_absent_members_are()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 1, ProtectTags = WildcardSet.Of("prod") },
            });
        var cached = ManifestFactory.Image("amd64", 10);
        var later = ManifestFactory.Image("arm64", 10);
        scenario.Ecr.Seed(PushScenario.App, cached.At(PushScenario.Noon.AddDays(-29.5)));
        var index = ManifestFactory.ManifestList(cached, later);
        scenario.Ecr.Seed(PushScenario.App, index.At(PushScenario.Noon.AddDays(-29.5), "3.19"));
        scenario.HasImage("newest", 1);
        await scenario.ReconcileAsync();
        (await RowsAsync(scenario))[D(later)].History.Owners.ShouldBe(DigestSet.Of(D(index)));
        scenario.Clock.Advance(TimeSpan.FromDays(1));
        scenario.Ecr.PutImage(index.Put(PushScenario.App, "prod")); // its event is lost

        await scenario.PushAsync("new");

        (await RowsAsync(scenario)).ShouldContainKey(D(later));
    }

    [Fact]
    public async Task Absent_members_that_come_later_outrank_no_image()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 3, ProtectTags = WildcardSet.Of("prod") },
            });
        var cached = ManifestFactory.Image("amd64", 10);
        var later = ManifestFactory.Image("arm64", 10);
        scenario.HasImage("k", 29.4);
        scenario.HasImage("n", 1);
        scenario.Ecr.Seed(PushScenario.App, cached.At(PushScenario.Noon.AddDays(-29.5)));
        var index = ManifestFactory.ManifestList(cached, later);
        scenario.Ecr.Seed(PushScenario.App, index.At(PushScenario.Noon.AddDays(-29.5), "3.19"));
        await scenario.ReconcileAsync();
        scenario.Clock.Advance(TimeSpan.FromDays(1));
        scenario.Ecr.PutImage(index.Put(PushScenario.App, "prod")); // its event is lost
        await scenario.PushAsync("new");

        // The cache fetches the member by a tag of its own.
        await scenario.HandleAsync(scenario.Ecr.PutImage(later.Put(PushScenario.App, "edge")).Event!);

        scenario.Images.ShouldContain("k", "new and n alone are newer images");
    }

    [Fact]
    public async Task A_repository_of_the_same_name_is_not_deferred_for_what_the_former_was()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImages(3, daysOld: 1);
        (await scenario.HandleAsync(scenario.Pushed("one"), timeLeft: TimeSpan.FromSeconds(29))).Outcome.ShouldBe(Outcome.Deferred);
        scenario.Ecr.Send(new DeleteRepositoryCall { RepositoryName = PushScenario.App, Force = true });
        (await scenario.ReconcileAsync()).Outcome.ShouldBe(Outcome.Gone);
        scenario.Ecr.CreateRepository(PushScenario.App);

        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.NothingExpired);
    }

    [Fact]
    public async Task A_repository_of_the_same_name_keeps_signatures_of_another_s_images()
    {
        var scenario = new PushScenario(OneNewest);
        var subject = scenario.HasImage("subject", 1);
        await scenario.ReconcileAsync();
        scenario.Ecr.Send(new DeleteRepositoryCall { RepositoryName = PushScenario.App, Force = true });
        (await scenario.ReconcileAsync()).Outcome.ShouldBe(Outcome.Gone);
        scenario.Ecr.CreateRepository(PushScenario.App);
        await scenario.HandleAsync(
            scenario.Ecr.PutImage(ManifestFactory.Image("signature", 10).Put(PushScenario.App, $"sha256-{subject.Hex}.sig")).Event!);
        scenario.Clock.Advance(TimeSpan.FromDays(40));

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(0, "its subject was never in this repository");
    }

    static PushScenario WithSharedSbom(bool isBHere, int between)
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        var a = scenario.HasImage("a", 90);
        for (var n = 0; n < between; n++)
            scenario.HasImage($"x{n}", 80 - (n / 100d));
        var b = isBHere ? scenario.HasImage("b", 50) : A.DigestOf(7);
        scenario.HasImage("newest", 1);
        scenario.Ecr.Seed(
            PushScenario.App,
            ManifestFactory.Image("sbom", 10).At(PushScenario.Noon.AddDays(-49), $"sha256-{a.Hex}.sbom", $"sha256-{b.Hex}.sbom"));
        return scenario;
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 120)]
    [InlineData(false, 0)]
    public async Task A_dry_run_lists_what_the_real_run_deletes_of_what_two_subjects_share(bool isBHere, int between)
    {
        var scenario = WithSharedSbom(isBHere, between);
        var dry = await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });

        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(dry.DeletedCount);
    }

    [Fact]
    public async Task A_dry_run_lists_what_more_than_2000_indexes_share()
    {
        var scenario = new PushScenario(OneNewest with { MaxDeletes = 5_000 });
        var shared = ManifestFactory.Image("shared", 10);
        scenario.Ecr.Seed(PushScenario.App, shared.At(PushScenario.Noon.AddDays(-400)));
        for (var n = 0; n < 2_100; n++)
        {
            var own = ManifestFactory.Image($"own-{n}", 10);
            scenario.Ecr.Seed(PushScenario.App, own.At(PushScenario.Noon.AddDays(-300)));
            scenario.Ecr.Seed(
                PushScenario.App, ManifestFactory.ManifestList(own, shared).At(PushScenario.Noon.AddDays(-300).AddMinutes(n), $"i{n}"));
        }

        scenario.HasImage("newest", 40);
        var dry = await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        var owners = (await RowsAsync(scenario))[D(shared)].History.Owners.Count;

        var real = await scenario.ReconcileAsync();
        (owners, real.DeletedCount).ShouldBe((DigestSet.MostInARow, dry.DeletedCount));
    }

    [Fact]
    public async Task A_push_time_of_a_clock_that_is_ahead_writes_no_row_twice()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("ahead", -0.1);
        await scenario.ReconcileAsync();
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        scenario.ClearCounters();

        await scenario.ReconcileAsync();

        scenario.Index.Calls.ShouldBe(["read", "read all"]);
    }

    [Fact]
    public async Task A_dry_run_of_a_reconcile_does_not_make_pushes_blind_to_parts()
    {
        var scenario = new PushScenario(OneNewest);
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, 29);
        scenario.HasImage("newest", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Expire(PushScenario.App, release.List.Digest).ShouldBeTrue();
        await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        scenario.Clock.Advance(TimeSpan.FromDays(2));

        await scenario.PushAsync("new");

        scenario.Images.ShouldBe(["new", "newest"]);
    }
}
