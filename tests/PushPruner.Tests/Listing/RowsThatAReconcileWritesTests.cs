using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Listing;

/// <summary>The state machine runs a repository again while runs make progress: rows that a run wrote or removed are progress.</summary>
public sealed class RowsThatAReconcileWritesTests
{
    static readonly Settings Settings = new() { Policy = new RetentionPolicy { KeepNewest = 10 } };

    readonly PushScenario scenario = new(Settings);

    [Fact]
    public async Task The_first_writes_one_for_each_manifest_and_the_second_none()
    {
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, daysOld: 5);
        scenario.HasImages(3, daysOld: 2);

        (await scenario.ReconcileAsync()).RowsWritten.ShouldBe(release.Digests.Count + 3);
        (await scenario.ReconcileAsync()).RowsWritten.ShouldBe(0);
    }

    [Fact]
    public async Task One_whose_time_runs_short_while_it_writes_says_how_many_it_wrote_and_the_next_writes_the_rest()
    {
        scenario.HasImages(100, daysOld: 2);
        var writes = 0;
        scenario.Index.Before = call =>
        {
            if (call == "write" && ++writes == 32)
                scenario.Clock.Advance(TimeSpan.FromMinutes(15));
        };

        var first = await scenario.ReconcileAsync();
        scenario.Index.Before = null;
        var second = await scenario.ReconcileAsync();

        first.ShouldSatisfyAllConditions(r => r.Done.ShouldBeFalse(), r => r.DeletedCount.ShouldBe(0), r => r.RowsWritten.ShouldBe(32));
        second.ShouldSatisfyAllConditions(r => r.Done.ShouldBeTrue(), r => r.RowsWritten.ShouldBe(68));
    }

    [Fact]
    public async Task What_was_read_of_manifest_lists_and_kept_for_the_next_run_counts()
    {
        for (var n = 0; n < 150; n++)
        {
            var member = ManifestFactory.Image($"member-{n}", 1_000);
            scenario.Ecr.Seed(PushScenario.App, member.At(PushScenario.Noon.AddDays(-5)));
            scenario.Ecr.Seed(PushScenario.App, ManifestFactory.ManifestList(member).At(PushScenario.Noon.AddDays(-5), $"{n}.0"));
        }

        scenario.Meanwhile("BatchGetImage", () => scenario.Clock.Advance(TimeSpan.FromMinutes(15)));

        (await scenario.ReconcileAsync()).ShouldSatisfyAllConditions(r => r.Done.ShouldBeFalse(), r => r.RowsWritten.ShouldBe(100));
    }

    [Fact]
    public async Task Rows_of_images_that_somebody_deleted_count_when_they_are_removed()
    {
        scenario.HasImages(3, daysOld: 2);
        await scenario.ReconcileAsync();
        scenario.DeletedByHand("old-1");
        scenario.DeletedByHand("old-2");

        (await scenario.ReconcileAsync()).RowsWritten.ShouldBe(2);
    }

    [Fact]
    public async Task A_row_that_another_run_wrote_meanwhile_is_not_counted()
    {
        scenario.HasImages(3, daysOld: 2);
        scenario.Meanwhile("ListTagsForResource", () => scenario.KnowsTheRepositoryAsync().GetAwaiter().GetResult());

        (await scenario.ReconcileAsync()).RowsWritten.ShouldBe(0);
    }
}
