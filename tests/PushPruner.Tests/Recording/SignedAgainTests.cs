using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

public class SignedAgainTests
{
    [Fact]
    public async Task A_reconcile_between_the_second_signature_and_its_event_does_not_keep_the_image_for_ever()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        var image = ManifestFactory.Image("app", 1_000);
        await scenario.HandleAsync(scenario.Ecr.PutImage(image.Put(PushScenario.App, "app")).Event!);
        await scenario.HandleAsync(Signed("first"));
        var again = Signed("second");
        await scenario.ReconcileAsync();
        await scenario.HandleAsync(again);

        scenario.Clock.Advance(TimeSpan.FromDays(40));
        await scenario.PushAsync("other");

        scenario.Images.ShouldBe(["other"]);

        RegistryEvent Signed(string seed) =>
            scenario.Ecr.PutImage(ManifestFactory.CosignSignature(image, seed).Put(PushScenario.App, image.CosignTag("sig"))).Event!;
    }
}
