using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Listing;

/// <summary>A reconcile in a repository where not all is there, or readable, or told once and for all.</summary>
public class ReconcileOfWhatIsHardToKnowTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    static PushScenario WithCachedIndexes(int count, int absent, Settings settings)
    {
        var scenario = new PushScenario(settings);
        for (var n = 0; n < count; n++)
        {
            var here = ManifestFactory.Image($"here-{n}", 10);
            scenario.Ecr.Seed(PushScenario.App, here.At(PushScenario.Noon.AddDays(-50)));
            LocalManifest[] all = [here, .. Enumerable.Range(0, absent).Select(m => ManifestFactory.Image($"absent-{n}-{m}", 10))];
            scenario.Ecr.Seed(
                PushScenario.App, ManifestFactory.ManifestList(all).At(PushScenario.Noon.AddDays(-50).AddMinutes(n), $"i{n}"));
        }

        scenario.HasImage("newest", 1);
        return scenario;
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public async Task Its_own_reads_don_t_keep_what_expired(int count, int absent)
    {
        var scenario = WithCachedIndexes(
            count,
            absent,
            OneNewest with
            {
                Policy = OneNewest.Policy with { KeepPulledFor = TimeSpan.FromDays(7) },
            });
        var dry = await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        scenario.Clock.Advance(TimeSpan.FromHours(1));

        var real = await scenario.ReconcileAsync();

        real.DeletedCount.ShouldBe(dry.DeletedCount);
    }

    [Fact]
    public async Task What_is_absent_is_asked_for_apart_a_hundred_a_call()
    {
        var scenario = WithCachedIndexes(100, 7, OneNewest);
        await scenario.ReconcileAsync(new ReconcileRequest(PushScenario.App) { DryRun = true });
        scenario.ClearCounters();

        await scenario.ReconcileAsync();

        (
            scenario.Ecr.Calls.Count("DescribeImages"),
            scenario.Ecr.Calls.Count("BatchGetImage"),
            scenario.Ecr.Calls.Count("BatchDeleteImage")).ShouldBe((4, 7, 2));
    }

    [Fact]
    public async Task A_part_pushed_meanwhile_outranks_no_image()
    {
        var scenario = new PushScenario(TwoNewest);
        scenario.HasImage("k", 40);
        scenario.HasImage("o", 41);
        scenario.Settings = TwoNewest with { DryRun = true };
        await scenario.ReconcileAsync();
        scenario.Settings = TwoNewest;
        var part = ManifestFactory.Image("part", 1_000);
        var index = ManifestFactory.ManifestList(part);
        var step = 0;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && step == 0)
            {
                step = 1;
                scenario.Settings = TwoNewest with { DryRun = true };
                scenario.HandleAsync(scenario.Ecr.PutImage(part.Put(PushScenario.App, "amd64-1.0")).Event!).GetAwaiter().GetResult();
                scenario.Settings = TwoNewest;
                scenario.Ecr.PutImage(index.Put(PushScenario.App, "1.0"));
                step = 2;
            }
            else if (call.Operation == "ListTagsForResource" && step == 2)
            {
                step = 3;
                scenario.DeletedByHand("k");
            }

            return null;
        });

        await scenario.ReconcileAsync();

        scenario.Images.ShouldContain("o", "1.0 alone is newer");
    }

    [Fact]
    public async Task An_image_promoted_keeps_that_when_ECR_once_gives_no_push_time()
    {
        var scenario = new PushScenario(OneNewest);
        var old = scenario.HasImage("old", 29);
        scenario.HasImage("newest", 1);
        await scenario.ReconcileAsync();
        scenario.Clock.Advance(TimeSpan.FromDays(10));
        scenario.Settings = OneNewest with { DryRun = true };
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "stable")).Event!);
        scenario.Settings = OneNewest;
        var row = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[old];
        row.History.PromotedAt.ShouldNotBeNull();
        await new ReconcileJob(
            new NoTimes(new InProcessRegistry(scenario.Ecr)),
            scenario.Index,
            scenario.Settings,
            scenario.Patience,
            NullLogger.Instance
        ).RunAsync(new ReconcileRequest(PushScenario.App), new Invocation("r", scenario.Clock.GetUtcNow().AddMinutes(15)), default);

        await scenario.ReconcileAsync();

        scenario.Images.ShouldContain("old+stable");
    }

    sealed class NoTimes(IRegistry inner) : RegistryDecorator(inner)
    {
        public override async IAsyncEnumerable<Manifest> ListAsync(
            string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var manifest in Inner.ListAsync(repository, cancellationToken))
                yield return manifest with { PushedAt = null };
        }
    }

    [Fact]
    public async Task An_absent_member_pushed_before_its_row_is_written_is_known_for_whose_it_is()
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("newest", 1);
        await scenario.ReconcileAsync();
        var here = ManifestFactory.Image("here", 10);
        var later = ManifestFactory.Image("later", 10);
        scenario.Ecr.Seed(PushScenario.App, here.At(PushScenario.Noon.AddDays(-2)));
        var index = ManifestFactory.ManifestList(here, later);
        scenario.Ecr.Seed(PushScenario.App, index.At(PushScenario.Noon.AddDays(-2), "3.19"));
        scenario.Meanwhile(
            "ListTagsForResource",
            () => scenario.HandleAsync(scenario.Ecr.PutImage(later.Put(PushScenario.App, "edge")).Event!).GetAwaiter().GetResult());

        await scenario.ReconcileAsync();

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[Digest.Parse(later.Digest)].History.Owners.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_batch_finds_protected_is_not_proposed_by_the_index_any_more()
    {
        var scenario = new PushScenario(OneNewest with { Policy = OneNewest.Policy with { ProtectTags = WildcardSet.Of("prod") } });
        var old = scenario.HasImage("old", 50);
        scenario.HasImage("newer", 40);
        scenario.Meanwhile(
            "ListTagsForResource", () => scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "prod")));

        await scenario.ReconcileAsync();

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[old].DueFrom.ShouldBeNull();
    }

    static PushScenario WithAnUnreadableIndex(out LocalManifest part, out LocalManifest index, Settings settings)
    {
        var scenario = new PushScenario(settings);
        part = ManifestFactory.Image("part", 10);
        // More members than a row holds: ECR knows them, the product doesn't.
        index = ManifestFactory.ManifestList([part, .. Enumerable.Range(0, 2_000).Select(n => ManifestFactory.Image($"m-{n}", 10))]);
        scenario.Ecr.Seed(PushScenario.App, part.At(PushScenario.Noon.AddDays(-50), "part"));
        scenario.Ecr.Seed(PushScenario.App, index.At(PushScenario.Noon.AddDays(-50), "big"));
        return scenario;
    }

    [Fact]
    public async Task What_ECR_said_of_an_owner_that_can_t_be_read_is_not_forgotten_by_a_listing()
    {
        var scenario = WithAnUnreadableIndex(out var part, out var index, OneNewest);
        scenario.HasImage("newest", 1);
        (await scenario.ReconcileAsync()).DeletedCount.ShouldBe(0);
        (await scenario.Index.ReadAllAsync(PushScenario.App, default))
            .Rows[Digest.Parse(part.Digest)]
            .History.Owners.ShouldBe(DigestSet.Of(Digest.Parse(index.Digest)));
        scenario.ClearCounters();

        var again = await scenario.ReconcileAsync();

        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0, $"asked again, drift {again.Drift}, expired {again.ExpiredCount}");
    }

    [Fact]
    public async Task A_part_that_ECR_says_is_one_takes_no_place()
    {
        var scenario = WithAnUnreadableIndex(out _, out _, TwoNewest);
        scenario.HasImage("k", 60);
        scenario.HasImage("n1", 1);
        scenario.HasImage("n2", 1);
        scenario.Settings = TwoNewest with { DryRun = true };
        await scenario.ReconcileAsync();
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("k", 1_000).Put(PushScenario.App, "stable")).Event!);
        scenario.Settings = TwoNewest;
        await scenario.ReconcileAsync(); // ECR refuses the part; k was promoted today
        scenario.Images.ShouldContain("k+stable");
        scenario.DeletedByHand("n2");
        scenario.Clock.Advance(TimeSpan.FromDays(31));

        await scenario.ReconcileAsync();

        scenario.Images.ShouldContain("k+stable", "n1 alone is a newer image: part is a member, as ECR itself has said");
    }
}
