using PushPruner.Deleting;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;
using PushPruner.Tests.Simulation;

namespace PushPruner.Tests.Jobs;

/// <summary>States that no later run ends by itself: each is counted, so that an alarm can notify somebody.</summary>
public sealed class WhatCallsForAPersonTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    readonly PushScenario scenario = new(OneNewest);

    [Fact]
    public async Task A_malformed_override_is_counted_by_pushes_and_reconciles_until_it_is_corrected()
    {
        scenario.HasImages(3, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.ResourceTag("pushpruner:keep-days", "30d");

        await scenario.PushAsync("new");
        scenario.Tally.HasMalformedOverrides.ShouldBeTrue();
        (await scenario.ReconcileAsync()).OverridesMalformed.ShouldBeTrue();

        scenario.ResourceTag("pushpruner:keep-days", "30");
        (await scenario.ReconcileAsync()).ShouldSatisfyAllConditions(
            r => r.OverridesMalformed.ShouldBeFalse(), r => r.ExpiredCount.ShouldBe(3));
    }

    [Fact]
    public async Task A_repository_that_was_switched_off_on_purpose_is_not_malformed()
    {
        scenario.HasImages(3, daysOld: 40);
        scenario.ResourceTag("pushpruner:enabled", "false");

        (await scenario.ReconcileAsync()).ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(Outcome.Ignored), r => r.OverridesMalformed.ShouldBeFalse());
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(25, true)]
    public async Task A_deferral_counts_once_it_has_lasted_for_more_than_a_day(int hours, bool isLong)
    {
        scenario.HasImages(3, daysOld: 40);
        (await scenario.HandleAsync(scenario.Pushed("one"), timeLeft: TimeSpan.FromSeconds(29))).Outcome.ShouldBe(Outcome.Deferred);
        scenario.Tally.IsLongDeferred.ShouldBeFalse("it has just begun");
        scenario.Clock.Advance(TimeSpan.FromHours(hours));

        await scenario.HandleAsync(scenario.Pushed("two"), timeLeft: TimeSpan.FromSeconds(29));
        scenario.Tally.IsLongDeferred.ShouldBe(isLong);
    }

    [Fact]
    public async Task The_reconcile_that_ends_a_long_deferral_says_so_once()
    {
        scenario.HasImages(3, daysOld: 40);
        await scenario.HandleAsync(scenario.Pushed("one"), timeLeft: TimeSpan.FromSeconds(29));
        scenario.Clock.Advance(TimeSpan.FromDays(2));

        (await scenario.ReconcileAsync()).DeferredOverADay.ShouldBeTrue();
        (await scenario.ReconcileAsync()).DeferredOverADay.ShouldBeFalse();
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 1)]
    public async Task Doubt_about_what_was_pushed_more_than_a_week_ago_lasts(int days, int lasting)
    {
        scenario.Ecr.PutImage(
            new PutImageCall
            {
                RepositoryName = PushScenario.App,
                ImageManifest = "{}",
                ImageManifestMediaType = "application/vnd.example.unheard-of",
                ImageTag = "odd",
            });
        scenario.Clock.Advance(TimeSpan.FromDays(days));

        (await scenario.ReconcileAsync()).ShouldSatisfyAllConditions(
            r => r.DoubtCount.ShouldBe(1), r => r.LastingDoubtCount.ShouldBe(lasting));
    }

    [Fact]
    public async Task Doubt_in_a_repository_that_is_switched_off_asks_for_nothing()
    {
        scenario.Ecr.PutImage(
            new PutImageCall
            {
                RepositoryName = PushScenario.App,
                ImageManifest = "{}",
                ImageManifestMediaType = "application/vnd.example.unheard-of",
                ImageTag = "odd",
            });
        scenario.Clock.Advance(TimeSpan.FromDays(8));
        scenario.ResourceTag("pushpruner:enabled", "false");

        (await scenario.ReconcileAsync()).LastingDoubtCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("KmsError", true)]
    [InlineData("InvalidImageTag", true)]
    [InlineData("ImageInaccessible", true)]
    [InlineData("UpstreamAccessDenied", true)]
    [InlineData("ACodeOfTheFuture", true)]
    [InlineData("ImageTagDoesNotMatchDigest", false)]
    [InlineData("ImageReferencedByManifestList", false)]
    [InlineData("UpstreamTooManyRequests", false)]
    [InlineData("UpstreamUnavailable", false)]
    public void A_refusal_lasts_unless_its_code_is_one_that_passes(string code, bool isLasting) =>
        new FailedDelete("sha256:0", code, Message: null).IsLasting.ShouldBe(isLasting);

    [Fact]
    public async Task What_ECR_refuses_for_good_is_refused_by_each_run_again()
    {
        var locked = new PushScenario(OneNewest) { RegistrySeen = registry => new RefusingSome(registry) };
        locked.HasImages(2, daysOld: 40);

        (await locked.ReconcileAsync()).Failed.ShouldHaveSingleItem().IsLasting.ShouldBeTrue();
        (await locked.PushAsync("new")).Failed.ShouldHaveSingleItem().IsLasting.ShouldBeTrue();
    }
}
