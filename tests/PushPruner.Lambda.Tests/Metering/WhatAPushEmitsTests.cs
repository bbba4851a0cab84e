using System.Globalization;
using System.Text.Json.Nodes;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Metering;

/// <summary>The lines that the real function writes, whole: a metric that isn't named here has no value.</summary>
public sealed class WhatAPushEmitsTests
{
    static readonly Settings KeepOne = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    [Fact]
    public async Task A_push_that_expires_nothing_emits_its_counts()
    {
        await using var deployment = await KnownAsync(KeepOne);

        var line = await PushAsync(deployment, "3");

        line.ShouldSay("PushesHandled=1 PushToPrune=840");
        line.At.ShouldBe(deployment.Clock.GetUtcNow());
        line.Text("repository").ShouldBe("app");
        line.Text("request_id").ShouldBe("request-1");
        line.Text("event_id").ShouldNotBeNullOrEmpty();
        line.Text("outcome").ShouldBe("nothing-expired");
        line.Text("dryRun").ShouldBe("false");
        line.Text("Stack").ShouldBe("shop");
    }

    [Fact]
    public async Task A_push_that_deletes_emits_what_it_deleted()
    {
        await using var deployment = await OutdatedAsync(KeepOne);

        var line = await PushAsync(deployment, "3");

        line.ShouldSay("PushesHandled=1 PushesPruned=1 PushToPrune=840 ImagesExpired=2 ImagesDeleted=2 ManifestsDeleted=2 BytesFreed=300");
    }

    [Fact]
    public async Task A_dry_run_emits_what_it_would_delete()
    {
        await using var deployment = await OutdatedAsync(KeepOne with { DryRun = true });

        var line = await PushAsync(deployment, "3");

        line.ShouldSay("PushesHandled=1 PushToPrune=840 ImagesExpired=2 BytesHeldBack=300");
        line.Text("dryRun").ShouldBe("true");
    }

    [Theory]
    [InlineData(false, "RunsHalted")]
    [InlineData(true, "DryRunsHalted")]
    public async Task A_halted_push_emits_how_many_images_it_held_back(bool dryRun, string metric)
    {
        await using var deployment = await OutdatedAsync(KeepOne with { MaxDeletes = 1, DryRun = dryRun });

        var line = await PushAsync(deployment, "3");

        line.ShouldSay($"PushesHandled=1 PushToPrune=840 ImagesExpired=2 {metric}=1");
        line.Text("outcome").ShouldBe("halted");
    }

    [Fact]
    public async Task A_push_that_contradicts_the_index_emits_it()
    {
        await using var deployment = await OutdatedAsync(KeepOne);
        deployment.Ecr.Expire("app", ManifestFactory.Image("1", 100).Digest).ShouldBeTrue();

        var line = await PushAsync(deployment, "3");

        line.ShouldSay(
            "PushesHandled=1 PushesPruned=1 PushToPrune=840 Contradictions=1 ImagesExpired=1 ImagesDeleted=1 ManifestsDeleted=1 "
                + "BytesFreed=200");
    }

    [Fact]
    public async Task The_first_push_of_a_repository_emits_its_listing()
    {
        await using var deployment = await Deployment.StartAsync(settings: KeepOne);
        deployment.Ecr.Seed("app", ManifestFactory.Image("1", 100).At(Deployment.Noon.AddHours(-1), "1"));

        var line = await PushAsync(deployment, "3");

        line.ShouldSay("PushesHandled=1 PushToPrune=840 Resyncs=1 RepositoryManifests=2");
    }

    [Fact]
    public async Task A_push_to_a_repository_that_is_not_served_emits_that_it_is_ignored()
    {
        await using var deployment = await Deployment.StartAsync(
            settings: KeepOne with
            {
                Repositories = new(WildcardSet.Of("other"), WildcardSet.None),
            });
        deployment.Ecr.CreateRepository("app");

        (await PushAsync(deployment, "3")).ShouldSay("PushesHandled=1 PushesIgnored=1");
    }

    [Fact]
    public async Task A_push_that_meets_doubt_emits_it()
    {
        await using var deployment = await KnownAsync(KeepOne);

        var put = new PutImageCall
        {
            RepositoryName = "app", ImageManifest = "{}", ImageManifestMediaType = "application/vnd.example.unheard-of", ImageTag = "3",
        };
        var line = await HandleAsync(deployment, deployment.Ecr.PutImage(put).Event!.Json);

        line.Values["PushesInDoubt"].ShouldBe(1);
    }

    [Fact]
    public async Task Calls_that_AWS_throttles_are_counted_try_by_try_though_the_push_succeeds()
    {
        await using var deployment = await KnownAsync(KeepOne);
        deployment.Ecr.Faults.ThrottleNext("DescribeImages", times: 2);

        (await PushAsync(deployment, "3")).ShouldSay("PushesHandled=1 PushToPrune=840 ApiThrottles=2");
        (await PushAsync(deployment, "4")).Values.ShouldNotContainKey("ApiThrottles");
    }

    [Fact]
    public async Task A_push_that_fails_because_of_throttling_emits_the_code_of_AWS()
    {
        await using var deployment = await KnownAsync(KeepOne);
        deployment.Ecr.Faults.ThrottleNext("DescribeImages", times: 10);

        var line = await FailAsync(deployment);

        line.Values["PushesFailed"].ShouldBe(1);
        line.Values["ApiThrottles"].ShouldBeGreaterThan(1);
        line.Values.Count.ShouldBe(2);
        line.Text("Code").ShouldBe("ThrottlingException");
        line.Metrics.Where(m => m.Name == "PushesFailed").Select(m => m.Dimensions).ShouldBe(["Stack", "Stack,Code"]);
        line.Metrics.Single(m => m.Name == "ApiThrottles").Dimensions.ShouldBe("Stack");
    }

    [Fact]
    public async Task A_push_that_is_denied_emits_the_code_of_AWS_and_what_it_deleted_before()
    {
        await using var deployment = await Deployment.StartAsync(settings: KeepOne);
        deployment.Ecr.Seed(
            "app",
            [
                .. Enumerable
                    .Range(1, 150)
                    .Select(n => ManifestFactory.Image($"{n}", 100).At(Deployment.Noon.AddDays(-40).AddMinutes(n), $"{n}")),
            ]);
        var calls = 0;
        deployment.Ecr.Faults.OnCall(c => c.Operation == "BatchDeleteImage" && ++calls > 1 ? Fault.AccessDenied : null);

        var line = await FailAsync(deployment);

        line.Text("Code").ShouldBe("AccessDeniedException");
        line.ShouldSay("PushesFailed=1 ImagesDeleted=100 ManifestsDeleted=100 BytesFreed=10000 RepositoryManifests=151");
    }

    [Theory]
    [InlineData("KmsError", "KmsError", "KmsError", null)]
    [InlineData("KmsError", "InvalidImageTag", "Several", "InvalidImageTag 1, KmsError 1")]
    public async Task A_delete_that_ECR_refuses_is_emitted_by_its_code(string first, string second, string code, string? codes)
    {
        var refusal = $$"""{"imageIds":[],"failures":[{{Failure("1", first)}},{{Failure("2", second)}}]}""";
        await using var deployment = await OutdatedAsync(
            KeepOne, answer => answer.Contains("\"failures\":", StringComparison.Ordinal) ? refusal : answer);

        var line = await PushAsync(deployment, "3");

        line.ShouldSay("PushesHandled=1 PushesPruned=1 PushToPrune=840 ImagesExpired=2 DeletesRefused=2 DeletesBlocked=2");
        line.Text("Code").ShouldBe(code);
        line.Text("codes").ShouldBe(codes);
        line.Metrics.Where(m => m.Name == "DeletesRefused").Select(m => m.Dimensions).ShouldBe(["Stack", "Stack,Code"]);

        static string Failure(string tag, string code) =>
            $$"""{"imageId":{"imageDigest":"{{ManifestFactory.Image(tag, 100 * int.Parse(tag, CultureInfo.InvariantCulture)).Digest}}","imageTag":"{{tag}}"},"failureCode":"{{code}}"}""";
    }

    [Theory]
    [InlineData("\u2028\n\"}{\"_aws\":1")]
    [InlineData("\ud800 half a pair")]
    public async Task Names_that_nobody_has_checked_stay_a_property(string name)
    {
        await using var deployment = await Deployment.StartAsync();
        var evt = new JsonObject { ["id"] = "e", ["detail"] = new JsonObject { ["repository-name"] = name } }.ToJsonString();

        var line = await HandleAsync(deployment, evt);

        line.ShouldSay("PushesHandled=1 PushesIgnored=1");
        line.Text("repository").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_name_of_any_length_keeps_the_line_whole()
    {
        await using var deployment = await Deployment.StartAsync();

        var line = await HandleAsync(deployment, $$$"""{"id":"e","detail":{"repository-name":"{{{new string('a', 200_000)}}}"}}""");

        line.Text("repository")!.Length.ShouldBe(256);
    }

    // Two images of 100 and 200 bytes, which the index knows.
    static async Task<Deployment> KnownAsync(Settings settings, Func<string, string>? retell = null)
    {
        var deployment = await Deployment.StartAsync(settings: settings, retell: retell);
        for (var n = 1; n <= 2; n++)
            deployment.Ecr.Seed("app", ManifestFactory.Image($"{n}", 100 * n).At(Deployment.Noon.AddHours(-n), $"{n}"));
        await deployment.ReconcileAsync("""{"repository":"app","dryRun":true}""");
        deployment.MetricLines();
        return deployment;
    }

    static async Task<Deployment> OutdatedAsync(Settings settings, Func<string, string>? retell = null)
    {
        var deployment = await KnownAsync(settings, retell);
        deployment.Clock.Advance(TimeSpan.FromDays(40));
        return deployment;
    }

    static Task<EmfLine> PushAsync(Deployment deployment, string tag)
    {
        var pushed = deployment.Ecr.PutImage(ManifestFactory.Image(tag, 1_000).Put("app", tag)).Event!;
        deployment.Clock.Advance(TimeSpan.FromMilliseconds(840));
        return HandleAsync(deployment, pushed.Json);
    }

    static async Task<EmfLine> HandleAsync(Deployment deployment, string json)
    {
        await deployment.InvokeAsync(json);
        return EmfLine.Read(deployment.MetricLines().ShouldHaveSingleItem());
    }

    static async Task<EmfLine> FailAsync(Deployment deployment)
    {
        await Should.ThrowAsync<Exception>(() => PushAsync(deployment, "3"));
        return EmfLine.Read(deployment.MetricLines().ShouldHaveSingleItem());
    }
}
