using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Saved;
using PushPruner.LocalAws;
using PushPruner.Testing.Wire;

namespace PushPruner.Cli.Tests.Explain;

public sealed class WhatIsNoOrdinaryImageTests : IAsyncLifetime
{
    const string OciIndex = "application/vnd.oci.image.index.v1+json";

    readonly CliScenario cli = new();
    readonly Listings listings = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        listings.Dispose();
        return cli.DisposeAsync();
    }

    [Theory]
    [InlineData("ARCHIVED", "kept: it is in the archive, and so is neither counted nor deleted; restored, its age counts from then on")]
    [InlineData("ACTIVATING", "kept: it is on its way back from the archive, and its age counts from then on")]
    [InlineData("FROZEN", "kept: in doubt: its status is unknown; a newer version of PushPruner may know it")]
    public async Task By_its_status(string status, string answer)
    {
        var image = Listings.Image(1, 90, tags: "1.0");
        image["imageStatus"] = status;

        (await ExplainAsync("1.0", image)).ShouldBe(answer);
    }

    [Fact]
    public async Task Restored_it_counts_from_then_on()
    {
        var image = Listings.Image(1, 90, tags: "1.0");
        image["lastActivatedAt"] = "2026-05-30T12:00:00Z";

        (await ExplainAsync("1.0", image)).ShouldBe(
            "kept: rank 0 of 10, 2.0 days old; goes when 10 more images are pushed and it is past 2026-06-29 12:00 UTC");
    }

    [Fact]
    public async Task By_its_media_type_and_what_may_be_a_part_of_it()
    {
        const string wayOut = "delete it by hand if nobody needs it, or use a newer version of PushPruner, which may know its type";

        (await ExplainAsync("1.0", Odd(), Listings.Image(2, 90))).ShouldBe(
            $"kept: in doubt: its media type application/vnd.example+json is unknown; no time settles that: look at it, and {wayOut}");
        (await ExplainAsync(Listings.DigestOf(2), Odd(), Listings.Image(2, 90))).ShouldBe(
            $"kept: in doubt: it may be a part of {Listings.DigestOf(1)}, which can't be read; no time settles that: look at "
                + $"{Listings.DigestOf(1)}, and {wayOut}");
        (await ExplainAsync(Listings.DigestOf(2), Odd(), Listings.Image(2, 0.01, tags: "1.0-amd64"))).ShouldBe(
            $"kept: it isn't proven to be an image, and can't be as long as {Listings.DigestOf(1)[..19]} can't be read, which may name it");

        static JsonObject Odd()
        {
            var odd = Listings.Image(1, 90, tags: "1.0");
            odd["imageManifestMediaType"] = "application/vnd.example+json";
            return odd;
        }
    }

    [Fact]
    public async Task An_index_that_can_not_be_read()
    {
        var members = ManifestFactory.Image("x", 1_000_000);
        cli.Ecr.Seed(
            "team/app",
            [members.At(CliScenario.Noon.AddDays(-90)), ManifestFactory.ManifestList(members).At(CliScenario.Noon.AddDays(-90), "1.0")]);
        await using var proxy = await RecordingProxy.StartAsync(
            cli.Url, answer => answer.Replace("imageManifest\":", "nothing\":", StringComparison.Ordinal));

        var result = await cli.RunAsync("explain", "team/app", "1.0", "--endpoint-url", proxy.Url.ToString());

        result
            .Lines[3]
            .ShouldBe(
                "kept: in doubt: what it names can't be read; no time settles that: see whether ecr:BatchGetImage is allowed, and "
                    + "whether it is well-formed and names at most 2,000 manifests; or delete it by hand");
    }

    [Fact]
    public async Task Without_a_time_of_its_push()
    {
        var image = Listings.Image(1, 90, tags: "1.0");
        image.Remove("imagePushedAt");

        (await ExplainAsync("1.0", image)).ShouldBe(
            "kept: in doubt: ECR gave no time of its push; no time settles that: look at it, and delete it by hand if nobody needs it");
    }

    [Fact]
    public async Task A_signature_follows_what_it_signs()
    {
        var image = Listings.Image(1, 20, tags: "1.0");
        var signature = Listings.Image(2, 90, tags: $"sha256-{Listings.DigestOf(1)[7..]}.sig");

        (await ExplainAsync(Listings.DigestOf(2), image, signature)).ShouldBe(
            $"kept: a referrer of 1.0 ({Listings.DigestOf(1)[..19]}), which is kept: rank 0 of 10, 20.0 days old; goes when 10 more "
                + $"images are pushed and it is past 2026-06-11 12:00 UTC");
    }

    [Fact]
    public async Task A_signature_of_something_that_is_elsewhere()
    {
        var signature = Listings.Image(2, 90, tags: $"sha256-{Listings.DigestOf(1)[7..]}.sig");

        (await ExplainAsync(Listings.DigestOf(2), signature)).ShouldStartWith(
            "kept: it refers to something that isn't in this repository, and isn't known to have been");
    }

    [Theory]
    [InlineData(20, "kept: a referrer whose subject is gone, 20.0 days old; goes after 2026-06-11 12:00 UTC")]
    [InlineData(30, "kept: a referrer whose subject is gone, 30.0 days old; goes after 2026-06-01 12:00 UTC")]
    [InlineData(31, "expired: a referrer whose subject is gone, 31.0 days old; goes with the next reconcile")]
    public async Task A_referrer_whose_subject_is_gone_goes_by_its_age_alone(double days, string answer)
    {
        var referrer = Listings.Image(2, days);
        referrer["subjectManifestDigest"] = Listings.DigestOf(1);

        (await ExplainAsync(Listings.DigestOf(2), referrer)).ShouldBe(answer);
    }

    [Fact]
    public async Task What_owns_each_other_in_a_circle()
    {
        JsonObject[] circle =
        [
            Listings.Image(1, 90, tags: $"sha256-{Listings.DigestOf(2)[7..]}.sig"),
            Listings.Image(2, 90, tags: $"sha256-{Listings.DigestOf(1)[7..]}.sig"),
        ];

        (await ExplainAsync(Listings.DigestOf(1), circle)).ShouldBe(
            "kept: in doubt: its ownership runs in a circle; no time settles that: delete one of those that own each other by hand, if "
                + "nobody needs it");
    }

    [Fact]
    public async Task A_part_that_is_in_the_archive_keeps_its_image()
    {
        var index = Listings.Image(3, 90, tags: "1.0");
        index["imageManifestMediaType"] = OciIndex;
        var part = Listings.Image(2, 90.01);
        part["imageStatus"] = "ARCHIVED";

        var answer = await ExplainAsync("1.0", [index, part, .. Enumerable.Range(10, 10).Select(n => Listings.Image(n, 5, tags: $"{n}"))]);

        answer.ShouldBe(
            $"kept: as long as it is in doubt: a part of it is in the archive ({Listings.DigestOf(2)}); but for that it would be "
                + $"expired: rank 10, 90.0 days old");
    }

    [Fact]
    public async Task What_is_protected_and_young_goes_by_both()
    {
        (await ExplainAsync("latest", [Listings.Image(1, 20, tags: ["1.0", "latest"])], "--protect-tags", "lat*")).ShouldBe(
            "kept: as long as tag latest matches lat*; but for that it would be kept: rank 0 of 10, 20.0 days old, and goes when 10 "
                + "more images are pushed and it is past 2026-06-11 12:00 UTC");
    }

    [Fact]
    public async Task An_old_image_that_was_never_tagged_goes_with_the_reconcile()
    {
        JsonObject[] images = [Listings.Image(1, 90), .. Enumerable.Range(10, 10).Select(n => Listings.Image(n, 5, tags: $"{n}"))];

        (await ExplainAsync(Listings.DigestOf(1), images)).ShouldBe(
            "expired: rank 10, 90.0 days old; goes with the next reconcile, or with the next push to the repository if it was ever tagged");
    }

    [Fact]
    public async Task One_image_less_than_the_newest_goes_with_one_more() =>
        (await ExplainAsync("1", [.. Listings.Images(10)])).ShouldBe("kept: rank 9 of 10, 39.9 days old; goes when 1 more image is pushed");

    Task<string> ExplainAsync(string name, params JsonObject[] images) => ExplainAsync(name, images, []);

    // The answer alone.
    async Task<string> ExplainAsync(string name, JsonObject[] images, params string[] args)
    {
        var file = listings.Has("images.json", Listings.Of(images));
        var result = await cli.RunAsync(["explain", "team/app", name, .. args, "--json", "--from", file]);

        result.ExitCode.ShouldBe(0, result.Error);
        return result.Json["answer"]!.GetValue<string>();
    }
}
