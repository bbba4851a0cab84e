using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>
/// That no list names a manifest is no evidence that it is an image: without evidence it is kept, and takes no image's place.
/// </summary>
public class WhatProvesAnImageTests
{
    static Settings Newest(int n) => new() { Policy = new RetentionPolicy { KeepNewest = n, KeepFor = TimeSpan.FromDays(30) } };

    // v0 to v4, and an attestation of v4 whose tag moved each night: four are left untagged.
    static PushScenario AfterFiveNights()
    {
        var scenario = new PushScenario(Newest(3));
        for (var n = 0; n < 5; n++)
            scenario.HasImage($"v{n}", 60 - n);
        var v4 = ManifestFactory.Image("v4", 1_000);
        for (var night = 1; night <= 5; night++)
        {
            string[] tags = night == 5 ? [v4.CosignTag("att")] : [];
            scenario.Ecr.Seed(
                PushScenario.App, ManifestFactory.CosignAttestation(v4, $"night-{night}").At(PushScenario.Noon.AddDays(night - 10), tags));
        }

        return scenario;
    }

    [Fact]
    public async Task Attestations_of_five_nights_push_out_no_image_at_the_first_push()
    {
        var scenario = AfterFiveNights();

        await scenario.PushAsync("new");

        scenario.Images.ShouldContain("v4");
        scenario.Images.ShouldContain("v3");
        scenario.Images.ShouldNotContain("v2");
    }

    [Fact]
    public async Task Attestations_of_five_nights_push_out_no_image_when_a_reconcile_follows_a_wiped_table()
    {
        var scenario = AfterFiveNights();
        await scenario.KnowsTheRepositoryAsync();
        scenario.IndexIsWiped();

        await scenario.ReconcileAsync();

        scenario.Images.Where(i => i.StartsWith('v')).ShouldBe(["v2", "v3", "v4"]);
    }

    [Fact]
    public async Task Attestations_push_out_no_image_when_the_event_of_one_was_lost()
    {
        var scenario = new PushScenario(Newest(2));
        scenario.HasImage("v1", 60);
        scenario.HasImage("v2", 59);
        await scenario.KnowsTheRepositoryAsync();
        var v2 = ManifestFactory.Image("v2", 1_000);
        foreach (var night in new[] { "1", "2", "3" })
        {
            scenario.Ecr.PutImage(ManifestFactory.CosignAttestation(v2, night).Put(PushScenario.App, v2.CosignTag("att")));
            scenario.Clock.Advance(TimeSpan.FromDays(1));
        }

        await scenario.ReconcileAsync();
        scenario.Clock.Advance(TimeSpan.FromDays(40));
        await scenario.ReconcileAsync();

        scenario.Images.ShouldContain("v1");
        scenario.Images.ShouldContain("v2");
    }

    [Fact]
    public async Task An_untagged_manifest_is_read_once()
    {
        var scenario = new PushScenario(Newest(1));
        scenario.HasImage("u", 50, i => i with { Tags = [] });
        scenario.HasImage("latest", 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.ClearCounters();

        await scenario.ReconcileAsync();

        scenario.Ecr.Calls.Count("BatchGetImage").ShouldBe(0, "a listing before has read it");
    }

    [Fact]
    public async Task An_untagged_manifest_whose_bytes_ECR_does_not_return_is_kept_and_takes_no_place()
    {
        var scenario = new PushScenario(Newest(1));
        scenario.Ecr.Seed(
            PushScenario.App,
            new SeededImage
            {
                Digest = A.DigestOf(1).Value, Tags = [], PushedAt = PushScenario.Noon.AddDays(-40), MediaType = MediaTypes.OciManifest,
            });
        scenario.HasImage("only", 60);

        await scenario.ReconcileAsync();
        await scenario.ReconcileAsync();

        scenario.Images.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("amd64-{0}", "arm64-{0}")]
    [InlineData("{0}-amd64-ubi9", "{0}-arm64-ubi9")]
    [InlineData("{0}.graviton3", "{0}.x86_64")]
    public async Task Staged_platforms_push_out_no_complete_release(string first, string second)
    {
        var scenario = new PushScenario(Newest(1));
        var one = Staged(1, first, second);
        one.ForEach(m => scenario.Ecr.Seed(PushScenario.App, m.Manifest.At(PushScenario.Noon.AddDays(-40), m.Tag)));
        scenario.Ecr.Seed(
            PushScenario.App,
            ManifestFactory.ManifestList([.. one.Select(m => m.Manifest)]).At(PushScenario.Noon.AddDays(-40).AddMinutes(1), "1.0"));
        await scenario.KnowsTheRepositoryAsync();

        foreach (var (manifest, tag) in Staged(2, first, second))
            (await scenario.HandleAsync(scenario.Ecr.PutImage(manifest.Put(PushScenario.App, tag)).Event!)).DeletedCount.ShouldBe(0);

        scenario.Images.ShouldContain("1.0");
    }

    static List<(LocalManifest Manifest, string Tag)> Staged(int release, string first, string second) =>
    [
        (ManifestFactory.Image($"{release}/amd64", 1_000), string.Format(null, first, $"{release}.0")),
        (ManifestFactory.Image($"{release}/arm64", 1_000, "linux/arm64"), string.Format(null, second, $"{release}.0")),
    ];
}
