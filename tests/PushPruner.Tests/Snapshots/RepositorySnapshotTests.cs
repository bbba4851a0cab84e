using CsCheck;
using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Snapshots;
using PushPruner.Tests.Given;
using PushPruner.Tests.Metamorphic;

namespace PushPruner.Tests.Snapshots;

/// <summary>A survey sees what a reconcile sees, and leaves everything as it is.</summary>
public class RepositorySnapshotTests
{
    static readonly string[] Reads = ["DescribeImages", "BatchGetImage", "ListTagsForResource"];

    static readonly string[] ReadsOfTheIndex = ["read all", "find tombstones"];

    static readonly Settings Settings = new()
    {
        Policy = new RetentionPolicy
        {
            KeepNewest = 2, KeepFor = TimeSpan.FromDays(10), ProtectTags = WildcardSet.Of("prod-*"), KeepPulledFor = TimeSpan.FromDays(3),
        },
        MaxDeletes = 1_000,
    };

    [Fact]
    public async Task Its_expired_are_what_a_dry_run_lists_and_a_real_run_deletes()
    {
        var deleted = 0;
        await Gen.Select(Populations.SomeRepository, Gen.Bool, Gen.Int[1, 4]).SampleAsync(async (images, isKnown, newest) =>
        {
            async Task<PushScenario> WorldAsync()
            {
                var scenario = new PushScenario(Settings);
                Populations.Fill(scenario, images);
                if (isKnown)
                    await scenario.KnowsTheRepositoryAsync();
                return scenario;
            }

            var scenario = await WorldAsync();
            var request = new ReconcileRequest(PushScenario.App) { KeepNewest = newest };
            var before = Digests(scenario);
            scenario.ClearCounters();

            var survey = await SurveyAsync(scenario, request);

            scenario.Ecr.Calls.All.Select(c => c.Operation).Except(Reads, StringComparer.Ordinal).ShouldBeEmpty();
            scenario.Index.Calls.Except(ReadsOfTheIndex, StringComparer.Ordinal).ShouldBeEmpty();
            Digests(scenario).ShouldBe(before);
            survey.Verdicts.Select(v => v.Digest.Value).ShouldBe(before, ignoreOrder: true);

            // Another of the same: to ECR the reading of an index is a pull, and a survey can't remember that it was its own.
            scenario = await WorldAsync();
            var expired = survey.Expired.Select(v => v.Digest.Value).ToList();
            var dry = await scenario.ReconcileAsync(request with { DryRun = true });
            dry.Deleted.ShouldBe(expired, ignoreOrder: true);
            dry.Images.ShouldBe(survey.Images.Count());
            dry.DoubtCount.ShouldBe(survey.Verdicts.Count(v => v.IsDoubt));
            dry.Bytes.ShouldBe(survey.Expired.Sum(v => v.Manifest.OwnBytes));

            await scenario.ReconcileAsync(request);
            before.Except(Digests(scenario), StringComparer.Ordinal).ShouldBe(expired, ignoreOrder: true);
            Interlocked.Add(ref deleted, expired.Count);
        }, iter: 300);

        deleted.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task The_tags_of_the_repository_go_before_the_settings_and_what_is_asked_for_where_that_keeps_more()
    {
        var scenario = new PushScenario();
        scenario.HasImages(12, daysOld: 40);
        scenario.ResourceTag(RepositoryOverrides.KeepNewestTag, "7");
        scenario.ResourceTag(RepositoryOverrides.ProtectTagsTag, "old-1");

        (await SurveyAsync(scenario)).Expired.Count().ShouldBe(4, "12 less 7 less old-1");
        (await SurveyAsync(scenario, new ReconcileRequest(PushScenario.App) { KeepNewest = 9 })).Expired.Count().ShouldBe(2);
        (await SurveyAsync(scenario, new ReconcileRequest(PushScenario.App) { KeepNewest = 1 })).Policy.KeepNewest.ShouldBe(7);
        (await SurveyAsync(scenario, new ReconcileRequest(PushScenario.App) { KeepFor = TimeSpan.FromDays(100) })).Expired.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RepositoryOverrides.EnabledTag, "false", "the repository's resource tag pushpruner:enabled is false")]
    [InlineData(
        RepositoryOverrides.KeepNewestTag,
        "many",
        "resource tag pushpruner:keep-newest is \"many\": a whole number from 1 to 1000, such as 10")]
    public async Task Where_everything_is_kept_nothing_is_expired_whatever_the_verdicts_say(string tag, string value, string why)
    {
        var scenario = new PushScenario();
        scenario.HasImages(12, daysOld: 40);
        scenario.ResourceTag(tag, value);

        var survey = await SurveyAsync(scenario);

        survey.KeepsEverything.ShouldBe(why);
        survey.Verdicts.Count(v => v.IsExpired).ShouldBe(2);
        survey.Expired.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_knows_what_belongs_together()
    {
        var scenario = new PushScenario();
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, daysOld: 40);

        var survey = await SurveyAsync(scenario);

        var index = Digest.Parse(release.List.Digest);
        survey.Images.ShouldHaveSingleItem().Digest.ShouldBe(index);
        survey.GroupOf(index).Select(m => m.Digest.Value).ShouldBe(release.Digests, ignoreOrder: true);
        survey
            .PartsOf(index)
            .Select(m => m.Digest.Value)
            .ShouldBe([release.List.Digest, .. release.Members.Select(m => m.Digest)], ignoreOrder: true);
        survey.OwnersOf(Digest.Parse(release.Members[0].Digest)).ShouldBe([index]);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_said_to_be()
    {
        var scenario = new PushScenario();

        await Should.ThrowAsync<NoSuchRepositoryException>(() => SurveyAsync(scenario, new ReconcileRequest("nosuch")));
    }

    static Task<RepositorySnapshot> SurveyAsync(PushScenario scenario, ReconcileRequest? request = null) =>
        new SnapshotJob(new InProcessRegistry(scenario.Ecr), scenario.Index, scenario.Settings, scenario.Clock).RunAsync(
            request ?? new ReconcileRequest(PushScenario.App), default);

    static List<string> Digests(PushScenario scenario) => [.. scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest)];
}
