using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

public class SignedAgainTests
{
    [Fact]
    public async Task A_reconcile_between_the_second_signature_and_its_event_does_not_keep_the_image_for_ever()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });
        var image = ManifestFactory.Image("app", 1_000);
        await world.HandleAsync(world.Ecr.PutImage(image.Put(PushScenario.App, "app")).Event!);
        await world.HandleAsync(Signed("first"));
        var again = Signed("second");
        await world.ReconcileAsync();
        await world.HandleAsync(again);

        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.PushAsync("other");

        world.Images.ShouldBe(["other"]);

        RegistryEvent Signed(string seed) =>
            world.Ecr.PutImage(ManifestFactory.CosignSignature(image, seed).Put(PushScenario.App, image.CosignTag("sig"))).Event!;
    }
}
