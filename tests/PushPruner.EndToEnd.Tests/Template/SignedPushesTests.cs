using System.Text.Json.Nodes;
using PushPruner.Listing;
using PushPruner.LocalAws;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>
/// Whether ECR announces a signature as an action on an image or on a referrer is not documented: the function learns of it both ways.
/// </summary>
public sealed class SignedPushesTests
{
    [Theory]
    [InlineData(ReferrerPushEvent.ImageAction)]
    [InlineData(ReferrerPushEvent.ReferrerAction)]
    public async Task Signed_pushes_leave_no_drift_however_ECR_announces_signatures(ReferrerPushEvent announced)
    {
        await using var deployment = await Deployment.StartAsync(options: new LocalRegistryOptions { ReferrerPushEvent = announced });
        deployment.Ecr.CreateRepository("app");
        var events = new List<RegistryEvent>();
        using var subscription = deployment.Ecr.Subscribe(events.Add);
        await deployment.ReconcileAsync("""{"repository":"app"}""");

        for (var n = 0; n < 32; n++)
        {
            var image = ManifestFactory.Image($"{n}", 1_000);
            deployment.Ecr.PutImage(image.Put("app", $"1.{n}"));
            deployment.Ecr.PutImage(ManifestFactory.Referrer(image).Put("app"));
            deployment.Clock.Advance(TimeSpan.FromMinutes(1));
            foreach (var evt in events.Where(Matches))
                await deployment.InvokeAsync(evt.Json);
            events.Clear();
        }

        deployment.Clock.Advance(TimeSpan.FromHours(2));
        (await deployment.ReconcileAsync("""{"repository":"app"}""")).ShouldSatisfyAllConditions(
            r => r.Images.ShouldBe(32),
            r => r.Drift.ShouldBe(Drift.None));
    }

    static bool Matches(RegistryEvent evt) =>
        EventPattern.Matches(
            new SamTemplate().Functions["OnImagePushed"]["Events"]!["Push"]!["Properties"]!["Pattern"]!, JsonNode.Parse(evt.Json));
}
