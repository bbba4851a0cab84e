using PushPruner.Cli.Tests.Reconcile;

namespace PushPruner.Cli.Tests.Saved;

public sealed class HugeListingTests : IDisposable
{
    const int Images = 100_000;

    readonly Listings listings = new();

    public void Dispose() => listings.Dispose();

    [Fact]
    public async Task A_repository_of_100_000_images_is_told_to_the_last_one()
    {
        var file = listings.In("images.json");
        await using (var writer = new StreamWriter(file))
        {
            await writer.WriteAsync("{\"imageDetails\":[");
            for (var n = 1; n <= Images; n++)
            {
                var at = CliScenario.Noon.AddDays(-400).AddMinutes(n).ToString("O");
                await writer.WriteAsync(
                    $"{(n == 1 ? "" : ",")}{{\"repositoryName\":\"team/app\",\"imageDigest\":\"{Listings.DigestOf(n)}\","
                        + $"\"imageTags\":[\"{n}\"],\"imageSizeInBytes\":1000,\"imagePushedAt\":\"{at}\","
                        + $"\"imageManifestMediaType\":\"{Listings.OciManifest}\"}}");
            }

            await writer.WriteAsync("]}");
        }

        var text = await Listings.PlanAsync(file, "--details");
        var csv = await Listings.PlanAsync(file, "--csv");
        var json = await Listings.PlanAsync(file, "--json");

        text.Lines.Count(l => l.StartsWith("  - ", StringComparison.Ordinal)).ShouldBe(Images - 10);
        text.Output.ShouldContain("99,990 images would be deleted, 99,990 manifests in all. That frees up to 100 MB of 100 MB, ");
        csv.Output.Split("\r\n").Length.ShouldBe(1 + Images + 1);
        json.Json["totals"]!["expired"]!.GetValue<int>().ShouldBe(Images - 10);
        Listings.AllImages(json).Count.ShouldBe(Images);
    }
}
