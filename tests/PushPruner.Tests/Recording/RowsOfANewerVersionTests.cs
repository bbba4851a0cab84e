using PushPruner.Listing;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

/// <summary>An older version was deployed again: what the newer one remembers, a promotion perhaps, it can't read.</summary>
public class RowsOfANewerVersionTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    [Fact]
    public async Task What_they_are_of_is_kept_in_doubt_by_a_reconcile_and_takes_no_place()
    {
        var scenario = await WithNewerRowOfAsync("unsure");

        var result = await scenario.ReconcileAsync();

        scenario.Images.ShouldBe(["newest", "unsure"], ignoreOrder: true);
        (result.DoubtCount, result.DeletedCount).ShouldBe((1, 1));
        (await scenario.Index.ReadAllAsync(PushScenario.App, default))
            .Rows.Values.Single(row => row.History.IsOfNewerVersion)
            .RankedAt.ShouldBeNull();
    }

    // It would be told as one by every reconcile, for nothing mends it.
    [Fact]
    public async Task Such_a_row_is_no_drift()
    {
        var scenario = await WithNewerRowOfAsync("unsure");

        var result = await scenario.ReconcileAsync();

        result.Drift.ShouldBe(new Drift(Missing: 1, Phantom: 0, Stale: 0), "that is the newest, which has no row");
    }

    [Fact]
    public async Task A_push_keeps_an_image_whose_row_is_of_a_newer_version()
    {
        var scenario = await WithNewerRowOfAsync("unsure");

        await scenario.PushAsync("pushed");

        scenario.Images.ShouldContain("unsure");
        scenario.Images.ShouldNotContain("sure");
    }

    static async Task<PushScenario> WithNewerRowOfAsync(string tag)
    {
        var scenario = new PushScenario(OneNewest);
        scenario.HasImage("sure", 60);
        var digest = scenario.HasImage(tag, 50);
        scenario.HasImage("newest", 1);
        await scenario.Index.TryWriteAsync(
            PushScenario.App,
            new IndexRow
            {
                Digest = digest, History = new ManifestHistory { IsOfNewerVersion = true },
            },
            default);
        return scenario;
    }
}
