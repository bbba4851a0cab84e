using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Deleting;

/// <summary>That something is gone is an answer like any other: after two seconds ECR is asked again.</summary>
public class WhatIsSaidToBeGoneTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_manifest_list_is_kept_if_a_member_that_ECR_did_not_have_is_pushed_with_a_protected_tag_meanwhile(bool isPush)
    {
        var policy = new RetentionPolicy { KeepNewest = 1, KeepFor = TimeSpan.FromDays(30), ProtectTags = WildcardSet.Of("prod") };
        var scenario = new PushScenario(new Settings { Policy = policy });
        // More than one call asks for.
        var absent = Enumerable.Range(0, 150).Select(n => ManifestFactory.Image($"absent-{n}", 1_000)).ToList();
        var list = ManifestFactory.ManifestList([.. absent]);
        scenario.Ecr.Seed(PushScenario.App, list.At(PushScenario.Noon.AddDays(-40), "old"));
        scenario.HasImage("young", 1);
        await scenario.KnowsTheRepositoryAsync();
        var first = absent.MinBy(m => m.Digest, StringComparer.Ordinal)!;
        var asked = 0;
        scenario.Ecr.Faults.OnCall(call =>
        {
            // ECR has said of the first hundred that they are gone, and takes its time for the rest.
            if (call.Operation != "BatchGetImage" || call.IdCount >= 100 || ++asked != 1)
                return null;

            scenario.Clock.Advance(TimeSpan.FromSeconds(10));
            scenario.Ecr.PutImage(first.Put(PushScenario.App, "prod"));
            return null;
        });

        if (isPush)
            await scenario.PushAsync("new");
        else
            await scenario.ReconcileAsync();

        asked.ShouldBeGreaterThan(0);
        scenario.Ecr.Images(PushScenario.App).ShouldContain(i => i.Digest == list.Digest);
    }
}
