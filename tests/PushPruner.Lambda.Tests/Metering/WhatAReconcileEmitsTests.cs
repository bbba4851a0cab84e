using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Metering;

/// <inheritdoc cref="WhatAPushEmitsTests"/>
public sealed class WhatAReconcileEmitsTests : IAsyncLifetime
{
    const string Nothing =
        "ReconcilesDone=1 RepositoryManifests=3 ManifestsReconciled=3 DriftMissing=0 DriftPhantom=0 DriftStale=0 PushesReceived=0 "
            + "PushesMissed=0";

    Deployment deployment = null!;

    public async ValueTask InitializeAsync()
    {
        deployment = await Deployment.StartAsync(settings: new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        for (var n = 1; n <= 3; n++)
            deployment.Ecr.Seed("app", ManifestFactory.Image($"{n}", 100 * n).At(Deployment.Noon.AddHours(-n), $"{n}"));
    }

    public ValueTask DisposeAsync() => deployment.DisposeAsync();

    [Fact]
    public async Task The_first_of_a_repository_has_no_drift()
    {
        var line = await ReconcileAsync();

        line.ShouldSay("ReconcilesDone=1 RepositoryManifests=3");
        line.Text("repository").ShouldBe("app");
        line.Text("execution").ShouldBe("weekly-1");
        line.Text("outcome").ShouldBe("nothing-expired");
    }

    [Fact]
    public async Task A_reconcile_without_drift_emits_zeros()
    {
        await ReconcileAsync();

        (await ReconcileAsync()).ShouldSay(Nothing);
    }

    [Fact]
    public async Task Drift_by_its_kinds_and_the_pushes_without_an_event()
    {
        await ReconcileAsync();
        deployment.Clock.Advance(TimeSpan.FromHours(1));
        deployment.Ecr.PutImage(ManifestFactory.Image("4", 400).Put("app", "4"));
        deployment.Ecr.PutImage(ManifestFactory.Image("1", 100).Put("app", "again"));
        deployment.Ecr.Expire("app", ManifestFactory.Image("2", 200).Digest).ShouldBeTrue();
        deployment.Clock.Advance(TimeSpan.FromHours(13));

        (await ReconcileAsync()).ShouldSay(
            "ReconcilesDone=1 RepositoryManifests=3 ManifestsReconciled=3 DriftMissing=1 DriftPhantom=1 DriftStale=1 PushesReceived=2 "
                + "PushesMissed=1");
    }

    [Fact]
    public async Task What_it_deleted_and_freed()
    {
        await ReconcileAsync();
        deployment.Clock.Advance(TimeSpan.FromDays(40));

        (await ReconcileAsync()).ShouldSay($"{Nothing} ImagesExpired=2 ImagesDeleted=2 ManifestsDeleted=2 BytesFreed=500");
    }

    [Fact]
    public async Task One_whose_time_ran_short_is_unfinished()
    {
        var line = await LineOfAsync(() => deployment.ReconcileAsync("""{"repository":"app"}""", TimeSpan.FromSeconds(20)));

        line.Values["ReconcilesUnfinished"].ShouldBe(1);
        line.Values.ShouldNotContainKey("ReconcilesDone");
        line.Values.ShouldNotContainKey("RepositoriesUnfinished", "nobody but the state machine gives up");
    }

    [Fact]
    public async Task One_of_the_state_machine_without_time_or_progress_leaves_its_repository_unfinished()
    {
        var line = await LineOfAsync(() => deployment.ReconcileAsync("""{"repository":"app","run":1}""", TimeSpan.FromSeconds(20)));

        line.Values["RepositoriesUnfinished"].ShouldBe(1);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public async Task A_reconcile_that_makes_progress_is_given_up_only_at_the_last_run(int run, bool isGivenUp)
    {
        var isSlow = true;
        deployment.Ecr.Faults.OnCall(call =>
        {
            if (isSlow && call.Operation == "BatchDeleteImage")
                deployment.Clock.Advance(TimeSpan.FromMinutes(15));
            return null;
        });
        for (var n = 0; n < 120; n++)
            deployment.Ecr.Seed("app", ManifestFactory.Image($"old-{n}", 10).At(Deployment.Noon.AddDays(-60).AddMinutes(-n), $"old-{n}"));

        var line = await LineOfAsync(() => deployment.ReconcileAsync($$"""{"repository":"app","run":{{run}}}"""));

        line.Values["ReconcilesUnfinished"].ShouldBe(1);
        line.Values["ManifestsDeleted"].ShouldBe(100);
        line.Values.ContainsKey("RepositoriesUnfinished").ShouldBe(isGivenUp);
    }

    [Fact]
    public async Task Malformed_overrides_and_doubt_about_what_is_more_than_a_week_old()
    {
        deployment.Ecr.PutImage(
            new PutImageCall
            {
                RepositoryName = "app",
                ImageManifest = "{}",
                ImageManifestMediaType = "application/vnd.example.unheard-of",
                ImageTag = "odd",
            });
        deployment.Clock.Advance(TimeSpan.FromDays(8));
        (await ReconcileAsync()).ShouldSay("ReconcilesDone=1 RepositoryManifests=4 DoubtfulManifests=1 LastingDoubts=1");

        deployment.Ecr.TagResource(new TagResourceCall
        {
            ResourceArn = $"arn:aws:ecr:us-east-1:{Deployment.Account}:repository/app",
            Tags = [new ResourceTag { Key = "pushpruner:keep-days", Value = "30d" }],
        });
        var line = await ReconcileAsync();
        line.Values["MalformedOverrides"].ShouldBe(1);
        line.Values.ShouldNotContainKey("LastingDoubts", "everything is kept because of the tag");
    }

    [Fact]
    public async Task A_reconcile_that_fails_emits_the_code_of_the_error()
    {
        deployment.Ecr.Faults.DenyNext("DescribeImages");

        var line = await LineOfAsync(() => Should.ThrowAsync<Exception>(() => deployment.ReconcileAsync("""{"repository":"app"}""")));

        line.ShouldSay("ReconcilesFailed=1");
        line.Text("Code").ShouldBe("AccessDeniedException");
    }

    [Fact]
    public async Task Doubt_counts_manifests()
    {
        deployment.Ecr.PutImage(
            new PutImageCall
            {
                RepositoryName = "app",
                ImageManifest = "{}",
                ImageManifestMediaType = "application/vnd.example.unheard-of",
                ImageTag = "odd",
            });

        (await ReconcileAsync()).Values["DoubtfulManifests"].ShouldBe(1);
    }

    [Fact]
    public async Task A_listing_of_repositories_emits_nothing_unless_it_fails_or_is_throttled()
    {
        await deployment.ListRepositoriesAsync();
        deployment.MetricLines().ShouldBeEmpty();

        deployment.Ecr.Faults.ThrottleNext("DescribeRepositories");
        (await LineOfAsync(() => deployment.ListRepositoriesAsync())).ShouldSay("ApiThrottles=1");

        deployment.Ecr.Faults.DenyNext("DescribeRepositories");
        (await LineOfAsync(() => Should.ThrowAsync<Exception>(() => deployment.ListRepositoriesAsync()))).ShouldSay("ListingsFailed=1");
    }

    Task<EmfLine> ReconcileAsync() => LineOfAsync(() => deployment.ReconcileAsync("""{"repository":"app","execution":"weekly-1"}"""));

    async Task<EmfLine> LineOfAsync(Func<Task> runAsync)
    {
        await runAsync();
        return EmfLine.Read(deployment.MetricLines().ShouldHaveSingleItem());
    }
}
