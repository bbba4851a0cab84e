using System.Text;
using System.Text.Json.Nodes;
using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Requests;

/// <summary>The job is tested by itself; this is what a request makes of it, and what comes back.</summary>
public sealed class ReconcilingOnDemandTests : IAsyncLifetime
{
    Deployment deployment = null!;

    public async ValueTask InitializeAsync()
    {
        deployment = await Deployment.StartAsync();
        for (var n = 1; n <= 12; n++)
            deployment.Ecr.Seed("app", ManifestFactory.Image($"{n}").At(Deployment.Noon.AddDays(-40).AddHours(n), $"{n:d2}.0"));
    }

    public ValueTask DisposeAsync() => deployment.DisposeAsync();

    [Fact]
    public async Task The_answer_has_the_names_and_shapes_that_scripts_rely_on()
    {
        var images = deployment.Ecr.Images("app").OrderBy(i => i.Tags[0], StringComparer.Ordinal).ToList();

        var answer = JsonNode.Parse(Json(await deployment.ReconcileAsync("""{"repository":"app","keepNewest":11,"dryRun":true}""")))!;

        var deleted = images[0].Digest;
        var bytes = answer["bytes"]!.GetValue<long>();
        JsonNode
            .DeepEquals(
                answer,
                JsonNode.Parse(
                    $$"""
                    {"repository":"app","outcome":"dry-run","dryRun":true,"resynced":false,
                     "expired":[{"digest":"{{deleted}}","tags":["01.0"],"pushedAt":"2026-04-22T13:00:00Z","bytes":{{bytes}},"reason":"rank 11, 40.0 days old"}],
                     "deleted":["{{deleted}}"],"failed":[],"expiredCount":1,"deletedCount":1,"failedCount":0,"doubtCount":0,"bytes":{{bytes}},
                     "done":true,"images":12,"kept":11,"drift":{"missing":12,"phantom":0,"stale":0},
                     "rowsWritten":12,"lastingDoubtCount":0,"overridesMalformed":false,"deferredOverADay":false
                    }
                    """))
            .ShouldBeTrue(answer.ToJsonString());
    }

    [Fact]
    public async Task A_dry_run_lists_what_the_real_one_deletes_and_the_next_finds_nothing()
    {
        var dry = await deployment.ReconcileAsync("""{"repository":"app","dryRun":true}""");
        deployment.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
        var real = await deployment.ReconcileAsync("""{"repository":"app"}""");
        var next = await deployment.ReconcileAsync("""{"repository":"app"}""");

        (dry.Outcome, dry.DryRun, real.Outcome, real.DryRun).ShouldBe((Outcome.DryRun, true, Outcome.Pruned, false));
        dry.Deleted.Count.ShouldBe(2);
        dry.Deleted.ShouldBe(real.Deleted, ignoreOrder: true);
        (next.Outcome, next.Images, next.Drift).ShouldBe((Outcome.NothingExpired, 10, Drift.None));
    }

    [Fact]
    public async Task Numbers_of_a_request_override_the_settings_for_one_run()
    {
        (await deployment.ReconcileAsync("""{"repository":"app","dryRun":true,"keepNewest":3}""")).ExpiredCount.ShouldBe(9);
        (await deployment.ReconcileAsync("""{"repository":"app","dryRun":true,"keepDays":39.8}""")).ExpiredCount.ShouldBe(2);
        (await deployment.ReconcileAsync("""{"repository":"app","dryRun":true,"keepDays":41}""")).ExpiredCount.ShouldBe(0);
        (await deployment.ReconcileAsync("""{"repository":"app","dryRun":true}""")).ExpiredCount.ShouldBe(2);
    }

    [Fact]
    public async Task False_doesn_t_switch_the_deployment_s_dry_run_off()
    {
        await using var dry = await Deployment.StartAsync(
            settings: new Settings
            {
                DryRun = true, Policy = new RetentionPolicy { KeepNewest = 1 },
            });
        dry.Ecr.Seed(
            "app", [.. Enumerable.Range(1, 3).Select(n => ManifestFactory.Image($"{n}").At(Deployment.Noon.AddDays(-40 - n), $"{n}"))]);

        (await dry.ReconcileAsync("""{"repository":"app","dryRun":false}""")).Outcome.ShouldBe(Outcome.DryRun);
        dry.Ecr.Images("app").Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_halted_run_prints_the_command_that_approves_it()
    {
        var halted = await deployment.ReconcileAsync(
            """{"repository":"app","maxDeletes":4,"keepNewest":5,"keepDays":7.5,"execution":"weekly-1"}""");

        halted.ShouldSatisfyAllConditions(
            h => h.Outcome.ShouldBe(Outcome.Halted), h => h.ExpiredCount.ShouldBe(7), h => h.DeletedCount.ShouldBe(0));
        var payload =
            $$"""{"repository":"app","maxDeletes":7,"asOf":"2026-06-01T12:00:00Z","policy":"{{Hash(keepNewest: 5, keepDays: 7.5)}}","keepNewest":5,"keepDays":7.5}""";
        halted.Why
            .ShouldNotBeNull()
            .ShouldEndWith(
                $"to approve, run: echo '{payload}' | AWS_MAX_ATTEMPTS=1 aws lambda invoke --region us-east-1 --function-name "
                    + $"arn:aws:lambda:us-east-1:123456789012:function:prune --cli-read-timeout 0 --payload fileb:///dev/stdin /dev/stdout"
            );
        (await deployment.ReconcileAsync(payload)).DeletedCount.ShouldBe(7);
    }

    [Fact]
    public async Task A_halted_push_prints_the_command_that_approves_it()
    {
        await using var scenario = await Deployment.StartAsync(
            settings: new Settings
            {
                MaxDeletes = 2, Policy = new RetentionPolicy { KeepNewest = 1 },
            });
        scenario.Ecr.Seed(
            "shop/web",
            [.. Enumerable.Range(1, 9).Select(n => ManifestFactory.Image($"{n}").At(Deployment.Noon.AddDays(-40 - n), $"{n}"))]);
        var pushed = scenario.Ecr.PutImage(ManifestFactory.Image("new").Put("shop/web", "new")).Event!;

        var halted = await scenario.InvokeAsync(pushed.Json);

        halted.Outcome.ShouldBe(Outcome.Halted);
        var payload =
            $$"""{"repository":"shop/web","maxDeletes":3,"asOf":"2026-06-01T12:00:00Z","policy":"{{Hash(keepNewest: 1, keepDays: 30)}}"}""";
        halted.Why.ShouldBe(
            $"at least 3 images would be deleted, more than MAX_DELETES (2). Review them; to approve, run: echo '{payload}' | "
                + $"AWS_MAX_ATTEMPTS=1 aws lambda invoke --function-name shop-reconcile --cli-read-timeout 0 --payload "
                + $"fileb:///dev/stdin /dev/stdout"
        );
        (await scenario.ReconcileAsync(payload))
            .Why.ShouldNotBeNull()
            .ShouldContain("\"maxDeletes\":9", customMessage: "a push says at least, a reconcile how many");
    }

    [Fact]
    public async Task The_command_of_a_halted_run_deletes_nothing_that_was_not_shown_even_if_what_was_shown_is_gone()
    {
        await using var scenario = await Deployment.StartAsync(
            settings: new Settings
            {
                MaxDeletes = 5, Policy = new RetentionPolicy { KeepNewest = 2 },
            });
        for (var n = 0; n < 10; n++)
        {
            scenario.Ecr.Seed("app", ManifestFactory.Image($"o{n}").At(Deployment.Noon.AddDays(-60).AddHours(n), $"o{n}"));
            scenario.Ecr.Seed("app", ManifestFactory.Image($"y{n}").At(Deployment.Noon.AddDays(-20).AddHours(n), $"y{n}"));
        }

        var why = (await scenario.ReconcileAsync("""{"repository":"app"}""")).Why.ShouldNotBeNull();
        foreach (var image in scenario.Ecr.Images("app").Where(i => i.Tags[0][0] == 'o' && i.Tags[0] is not ("o0" or "o1")).ToList())
            scenario.Ecr.Expire("app", image.Digest).ShouldBeTrue();
        scenario.Clock.Advance(TimeSpan.FromDays(20));
        var payload = why[why.IndexOf('{', StringComparison.Ordinal)..(why.IndexOf('}', StringComparison.Ordinal) + 1)];

        var tightened = await scenario.ReconcileAsync(
            payload.Replace("\"maxDeletes\"", "\"keepDays\":5,\"maxDeletes\"", StringComparison.Ordinal));
        var approved = await scenario.ReconcileAsync(payload);

        tightened.ShouldSatisfyAllConditions(
            t => t.Outcome.ShouldBe(Outcome.Halted),
            t => t.DeletedCount.ShouldBe(0),
            t => t.Why.ShouldNotBeNull().ShouldContain("is in force"));
        JsonNode.Parse(Json(approved))!["notApprovedCount"]!.GetValue<int>().ShouldBe(8);
        approved.DeletedCount.ShouldBe(2);
        scenario.Ecr
            .Images("app")
            .SelectMany(i => i.Tags)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 10).Select(n => $"y{n}"));
    }

    [Fact]
    public async Task A_repository_that_isn_t_there_is_gone() =>
        (await deployment.ReconcileAsync("""{"repository":"nope"}""")).ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.Gone),
            r => r.Why.ShouldBe("there is no repository nope"),
            r => r.Done.ShouldBeTrue());

    [Fact]
    public async Task A_reconcile_without_time_is_not_done_and_deletes_nothing()
    {
        var answer = await deployment.ReconcileAsync("""{"repository":"app"}""", Invocation.Reserve - TimeSpan.FromSeconds(1));

        answer.Done.ShouldBeFalse();
        deployment.Ecr.Images("app").Count.ShouldBe(12);
    }

    [Fact]
    public async Task An_answer_has_32_KB_at_most_and_every_count_in_full()
    {
        deployment.Ecr.Seed(
            "app",
            Enumerable
                .Range(0, 150)
                .Select(n =>
                    ManifestFactory
                        .Image($"old-{n}")
                        .At(Deployment.Noon.AddDays(-100 - n), [.. Enumerable.Range(0, 20).Select(t => $"release-candidate-{n}-{t}")])));

        var answer = await deployment.ReconcileAsync("""{"repository":"app"}""");

        Json(answer).Length.ShouldBeLessThanOrEqualTo(32_768);
        (answer.Expired.Count, answer.ExpiredCount, answer.DeletedCount, answer.Images).ShouldBe((100, 152, 152, 162));
    }

    static string Hash(int keepNewest, double keepDays) =>
        PolicyHash.Of(new RetentionPolicy { KeepNewest = keepNewest, KeepFor = TimeSpan.FromDays(keepDays) });

    static string Json(ReconcileResult answer)
    {
        using var stream = new MemoryStream();
        new FunctionSerializer().Serialize(answer, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
