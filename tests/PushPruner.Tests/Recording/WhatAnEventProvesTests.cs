using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

/// <summary>A push with a tag proves an image even when the tag has moved on before its event came.</summary>
public class WhatAnEventProvesTests
{
    static RegistryEvent EventOf(Digest digest, string? tag, DateTimeOffset at) =>
        new()
        {
            Id = "e",
            DetailType = "",
            ActionType = "PUSH",
            Repository = PushScenario.App,
            Digest = digest.Value,
            Tag = tag,
            At = at,
            Json = "",
        };

    static async Task<DateTimeOffset?> RankedAfterAsync(string? tag, TimeSpan since)
    {
        var scenario = new PushScenario();
        scenario.HasImage("other", 1);
        await scenario.KnowsTheRepositoryAsync();
        var untagged = scenario.HasImage("u", 0, i => i with { Tags = [] });
        await scenario.HandleAsync(EventOf(untagged, tag, PushScenario.Noon + since));
        return (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[untagged].RankedAt;
    }

    [Fact]
    public async Task A_tag_that_has_moved_on_proves_it() => (await RankedAfterAsync("latest", TimeSpan.Zero)).ShouldNotBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("1.0-amd64")]
    [InlineData("sha256-7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234567b.sig")]
    public async Task No_tag_a_platform_s_or_a_signature_s_proves_nothing(string? tag) =>
        (await RankedAfterAsync(tag, TimeSpan.Zero)).ShouldBeNull();

    [Fact]
    public async Task An_event_of_an_earlier_push_proves_nothing() =>
        (await RankedAfterAsync("latest", TimeSpan.FromSeconds(-1))).ShouldBeNull();

    [Fact]
    public async Task Of_two_promotions_the_later_counts_whichever_comes_first()
    {
        var scenario = new PushScenario();
        var old = scenario.HasImage("old", 50);
        await scenario.KnowsTheRepositoryAsync();

        await scenario.HandleAsync(EventOf(old, "old", PushScenario.Noon.AddDays(-3)));
        await scenario.HandleAsync(EventOf(old, "old", PushScenario.Noon.AddDays(-5)));

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[old].History.PromotedAt.ShouldBe(PushScenario.Noon.AddDays(-3));
    }

    [Fact]
    public async Task An_untagged_image_that_was_pushed_again_needs_a_new_proof()
    {
        var scenario = new PushScenario();
        var image = scenario.HasImage("u", 50, i => i with { Tags = [] });
        scenario.HasImage("other", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Expire(PushScenario.App, image.Value);
        var again = scenario.Ecr.PutImage(ManifestFactory.Image("u", 1_000).Put(PushScenario.App)).Event!;

        await scenario.HandleAsync(again);

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[image].RankedAt.ShouldBeNull();
    }

    [Fact]
    public async Task An_image_of_the_window_that_was_pushed_again_without_a_tag_outranks_nothing()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 2 } });
        scenario.HasImage("old", 50);
        scenario.HasImage("older", 60);
        var image = scenario.HasImage("u", 40, i => i with { Tags = [] });
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Expire(PushScenario.App, image.Value);
        scenario.Ecr.PutImage(ManifestFactory.Image("u", 1_000).Put(PushScenario.App));

        // Its event is lost: the row says that it is proven, for another push.
        (await scenario.PushAsync("new")).Expired.ShouldHaveSingleItem().Tags.ShouldBe(["older"]);
    }
}
