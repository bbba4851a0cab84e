using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>
/// Each of 15,000 referrers refers to the one before it, the first to an old image. Nobody builds that but by accident or to attack: it may keep
/// what it hangs on, but no run may follow it to its end, call by call.
/// </summary>
public class ChainsOfReferrersTests
{
    const int Length = 15_000;

    // A level of ownership is a read of the table, and a run looks at so many levels at most.
    const int MostReadsOfTheTable = 200;
    const int MostCallsToEcr = 100;

    [Fact]
    public async Task A_push_ends_after_few_calls_and_deletes_what_does_not_hang_on_the_chain()
    {
        var world = await WithAChainAsync();

        var result = await world.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Pruned, result.Why);
        world.Images.ShouldNotContain("old-1");
        world.Images.ShouldContain("chained");
        world.Ecr.Calls.Count().ShouldBeLessThan(MostCallsToEcr);
        world.Index.Calls.Count.ShouldBeLessThan(MostReadsOfTheTable);
    }

    [Fact]
    public async Task A_reconcile_ends_after_few_calls_and_deletes_what_does_not_hang_on_the_chain()
    {
        var world = await WithAChainAsync();

        var result = await world.ReconcileAsync();

        result.Done.ShouldBeTrue();
        world.Images.ShouldNotContain("old-1");
        world.Images.ShouldContain("chained");
        world.Ecr.Calls.Count().ShouldBeLessThan(MostCallsToEcr);
        world.Index.Calls.Count.ShouldBeLessThan(MostReadsOfTheTable);
    }

    static async Task<PushScenario> WithAChainAsync()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        world.HasImages(1, daysOld: 80);
        var subject = world.HasImage("chained", daysOld: 90).Value;
        world.HasImage("newest", daysOld: 1);
        var chain = new List<SeededImage>();
        for (var n = 1; n <= Length; n++)
        {
            chain.Add(new SeededImage
            {
                Digest = $"sha256:{n:x64}",
                PushedAt = PushScenario.Noon.AddDays(-90),
                SizeInBytes = 1,
                MediaType = MediaTypes.OciManifest,
                ArtifactMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json",
                SubjectDigest = subject,
            });
            subject = chain[^1].Digest!;
        }

        world.Ecr.Seed(PushScenario.App, chain);
        await world.KnowsTheRepositoryAsync();
        return world;
    }
}
