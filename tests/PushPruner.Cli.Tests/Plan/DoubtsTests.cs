using PushPruner.Cli.Tests.Saved;

namespace PushPruner.Cli.Tests.Plan;

public sealed class DoubtsTests : IDisposable
{
    readonly Listings listings = new();

    public void Dispose() => listings.Dispose();

    // Older versions of the AWS CLI print no media types.
    [Fact]
    public async Task A_listing_without_media_types_says_why_all_of_it_is_in_doubt_and_the_way_out()
    {
        var images = Listings.Images(14).ToList();
        images.ForEach(i => i.Remove("imageManifestMediaType"));

        var result = await Listings.PlanAsync(listings.Has("images.json", Listings.Of(images)));

        result.Output.ShouldContain("\nNothing would be deleted.\n14 manifests kept in doubt: ECR gave no media type (14).\n");
        result.Output.ShouldContain(
            "\n* 14 manifests in the listing have no imageManifestMediaType, so the rule keeps them. Older versions of the AWS CLI "
                + "leave it out: save the listing again with a newer one.\n");
    }

    [Fact]
    public async Task An_image_of_some_seconds_is_no_0_0_days_old()
    {
        var result = await Listings.PlanAsync(
            listings.Has("images.json", Listings.Of([Listings.Image(1, 0.0001, tags: "new"), Listings.Image(2, 0.0002, tags: "older")])),
            "--details",
            "--keep-newest",
            "1");

        result.Output.ShouldNotContain("0.0 d");
        result.Output.ShouldContain("< 0.1 d");
        result.Output.ShouldContain("less than 0.1 days old");
    }

    [Theory]
    [InlineData(
        "plan",
        "--from",
        "events/history.jsonl",
        "it is a history of pushes and no listing: simulate --history reads it, and so does replay")]
    [InlineData(
        "simulate",
        "--history",
        "events/listings/shop.json",
        "it is saved output of ECR and no history of pushes: simulate --from and plan --from read it")]
    public async Task What_another_option_reads_is_named_with_it(string verb, string option, string file, string message)
    {
        var result = await Report.Reporter.RunAsync(verb, option, Path.Combine(Testing.Checkout.Root, file));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(message);
    }

    [Fact]
    public async Task The_table_may_be_sorted_by_what_is_saved_and_cut()
    {
        var file = listings.Has(
            "images.json",
            Listings.Of([
                .. Listings.Images(11, repository: "aa"),
                .. Listings.Images(30, repository: "bb"),
                .. Listings.Images(20, repository: "cc"),
            ]));

        var result = await Listings.PlanAsync(file, "--sort", "saved", "--top", "2");

        result.Lines
            .Where(l => l.StartsWith("│ ", StringComparison.Ordinal))
            .Select(l => l.Split('│')[1].Trim())
            .ShouldBe(["Repository", "bb", "cc", "3 repositories"]);
        result.Output.ShouldContain("\n1 more repository not shown; the sums are of all.\n");
    }
}
