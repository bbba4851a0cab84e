using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Listing;

public class WhatAListingProvesTests
{
    static async Task<bool> IsRankedAsync(PushScenario scenario, Digest digest)
    {
        await scenario.KnowsTheRepositoryAsync();
        return (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[digest].RankedAt is not null;
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public async Task An_untagged_manifest_is_an_image_once_it_has_settled(int minutesOld, bool isImage)
    {
        var scenario = new PushScenario();
        var untagged = scenario.HasImage("u", minutesOld / 1_440d, i => i with { Tags = [] });

        (await IsRankedAsync(scenario, untagged)).ShouldBe(isImage);
    }

    [Fact]
    public async Task Nothing_is_proven_beside_an_index_that_can_t_be_read()
    {
        var scenario = new PushScenario();
        var untagged = scenario.HasImage("u", 50, i => i with { Tags = [] });
        scenario.Ecr.Seed(
            PushScenario.App,
            new SeededImage
            {
                Digest = A.DigestOf(1).Value, Tags = ["i"], PushedAt = PushScenario.Noon.AddMinutes(-2), MediaType = MediaTypes.OciIndex,
            });

        (await IsRankedAsync(scenario, untagged)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_untagged_image_is_not_proven_beside_a_manifest_of_an_unknown_type()
    {
        var scenario = new PushScenario();
        var untagged = scenario.HasImage("u", 50, i => i with { Tags = [] });
        scenario.Ecr.Seed(
            PushScenario.App,
            new SeededImage
            {
                Digest = A.DigestOf(1).Value, Tags = ["i"], PushedAt = PushScenario.Noon.AddMinutes(-2), MediaType = "application/x",
            });

        (await IsRankedAsync(scenario, untagged)).ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_proven_beside_an_index_that_names_others()
    {
        var scenario = new PushScenario();
        var untagged = scenario.HasImage("u", 50, i => i with { Tags = [] });
        Release.Of("1.0").IsIn(scenario.Ecr, 40);

        (await IsRankedAsync(scenario, untagged)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_promotion_is_remembered_through_a_listing()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 3 } });
        var old = scenario.HasImage("old", 50);
        scenario.HasImage("oldest", 60);
        for (var n = 0; n < 40; n++)
            scenario.HasImage($"phantom-{n}", n / 10d);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Settings = scenario.Settings with { DryRun = true };
        await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "stable")).Event!);
        scenario.Settings = scenario.Settings with { DryRun = false };
        for (var n = 0; n < 40; n++)
            scenario.DeletedByHand($"phantom-{n}");

        (await scenario.PushAsync("new")).Resynced.ShouldBeTrue();
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[old].History.PromotedAt.ShouldBe(PushScenario.Noon);
    }
}
