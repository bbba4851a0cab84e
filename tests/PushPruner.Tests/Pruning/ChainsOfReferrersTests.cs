using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>
/// Each of 15,000 referrers refers to the one before it, the first to an old image. Nobody builds that but by accident or to attack: it may
/// keep what it hangs on, but no run may follow it to its end, call by call.
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
        var scenario = await WithAChainAsync();

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Pruned, result.Why);
        scenario.Images.ShouldNotContain("old-1");
        scenario.Images.ShouldContain("chained");
        scenario.Ecr.Calls.Count().ShouldBeLessThan(MostCallsToEcr);
        scenario.Index.Calls.Count.ShouldBeLessThan(MostReadsOfTheTable);
    }

    [Fact]
    public async Task A_reconcile_ends_after_few_calls_and_deletes_what_does_not_hang_on_the_chain()
    {
        var scenario = await WithAChainAsync();

        var result = await scenario.ReconcileAsync();

        result.Done.ShouldBeTrue();
        scenario.Images.ShouldNotContain("old-1");
        scenario.Images.ShouldContain("chained");
        scenario.Ecr.Calls.Count().ShouldBeLessThan(MostCallsToEcr);
        scenario.Index.Calls.Count.ShouldBeLessThan(MostReadsOfTheTable);
    }

    static async Task<PushScenario> WithAChainAsync()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        scenario.HasImages(1, daysOld: 80);
        var subject = scenario.HasImage("chained", daysOld: 90).Value;
        scenario.HasImage("newest", daysOld: 1);
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

        scenario.Ecr.Seed(PushScenario.App, chain);
        await scenario.KnowsTheRepositoryAsync();
        return scenario;
    }
}
