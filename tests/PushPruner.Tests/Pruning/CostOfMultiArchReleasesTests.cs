using CsCheck;
using PushPruner.Policies;
using PushPruner.Tests.Given;
using static PushPruner.Tests.Pruning.MultiArchReleasesTests;

namespace PushPruner.Tests.Pruning;

/// <summary>What a manifest list costs in calls, and that reading it is no pull.</summary>
public class CostOfMultiArchReleasesTests
{
    [Fact]
    public async Task Reading_a_manifest_list_is_no_pull_of_it()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 1, KeepPulledFor = TimeSpan.FromDays(90) },
            });
        var release = Release.Of("1.0");
        foreach (var put in release.Puts)
            await scenario.HandleAsync(scenario.Ecr.PutImage(put).Event!);
        scenario.Ecr
            .Images(PushScenario.App)
            .Single(i => i.Digest == release.List.Digest)
            .LastRecordedPullTime.ShouldNotBeNull("the product read it");

        scenario.Clock.Advance(TimeSpan.FromDays(40));
        (await scenario.PushAsync("2.0")).Deleted.ShouldBe(release.Digests, ignoreOrder: true);
    }

    [Fact]
    public async Task A_manifest_list_is_read_once()
    {
        var scenario = WithOldReleases();
        await scenario.KnowsTheRepositoryAsync();
        var fourth = Release.Of("4.0");
        foreach (var evt in fourth.Puts.Select(put => scenario.Ecr.PutImage(put).Event!).ToList())
        {
            await scenario.HandleAsync(evt);
            await scenario.HandleAsync(evt);
        }

        scenario.Ecr.Calls.All
            .Where(c => c.Operation == "BatchGetImage")
            .Sum(c => c.IdCount)
            .ShouldBe(2, "once to read it, once to see that the oldest is gone");
    }

    [Fact]
    public async Task A_push_of_a_manifest_list_costs_one_more_ECR_call_and_one_write_per_member()
    {
        var scenario = WithOldReleases();
        await scenario.KnowsTheRepositoryAsync();
        var fourth = Release.Of("4.0");
        foreach (var member in fourth.Members)
            await scenario.HandleAsync(scenario.Ecr.PutImage(member.Put(PushScenario.App)).Event!);
        scenario.Settings = scenario.Settings with { Policy = scenario.Settings.Policy with { KeepFor = TimeSpan.FromDays(100) } };
        scenario.ClearCounters();

        await scenario.HandleAsync(scenario.Ecr.PutImage(fourth.List.Put(PushScenario.App, "4.0")).Event!);

        scenario.Ecr.Calls.ToString().ShouldBe("BatchGetImage 1, DescribeImages 1, PutImage 1");
        scenario.Index.Calls.ShouldBe(["read", "add owner", "add owner", "add owner", "add owner", "write", "due"]);
    }

    [Fact]
    public async Task An_expired_release_costs_a_call_a_pass()
    {
        var scenario = WithOldReleases();
        await scenario.KnowsTheRepositoryAsync();

        await scenario.PushAsync("4.0");

        scenario.Ecr.Calls.ToString().ShouldBe("BatchDeleteImage 2, BatchGetImage 1, DescribeImages 2, ListTagsForResource 1, PutImage 1");
    }
}
