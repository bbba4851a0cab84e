using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Saved;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Explain;

public sealed class HowAnImageIsNamedTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData("team/app:7")]
    [InlineData("team/app", "7")]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:7")]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app", "7")]
    [InlineData("team/app@DIGEST")]
    [InlineData("team/app:1@DIGEST")]
    [InlineData("team/app", "DIGEST")]
    [InlineData("team/app", "SHORT")]
    [InlineData("team/app@SHORT")]
    [InlineData("team/app", "HEX")]
    public async Task An_image_may_be_named_in_many_ways(params string[] image)
    {
        cli.Has("team/app", 9);
        var digest = ManifestFactory.Image("team/app:7", 1_000_000).Digest;

        var result = await ExplainAsync([.. image.Select(i => i
            .Replace("DIGEST", digest, StringComparison.Ordinal)
            .Replace("SHORT", digest[..14], StringComparison.Ordinal)
            .Replace("HEX", digest[7..14], StringComparison.Ordinal))]);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldStartWith($"team/app  7\n{digest}\n");
    }

    [Fact]
    public async Task A_tag_goes_before_the_start_of_a_digest()
    {
        cli.Has("team/app", 3);
        var hex = ManifestFactory.Image("team/app:1", 1_000_000).Digest[7..14];
        cli.Ecr.Seed("team/app", ManifestFactory.Image("commit", 1).At(CliScenario.Noon.AddDays(-1), hex));

        (await ExplainAsync("team/app", hex)).Output.ShouldStartWith($"team/app  {hex}\n{ManifestFactory.Image("commit", 1).Digest}\n");
    }

    [Fact]
    public async Task What_more_than_one_digest_begins_with_is_told_with_all_of_them()
    {
        var hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd";
        using var listing = new Listings();
        var file = listing.Has("images.json", Listings.Of(
            Detail($"sha256:{hex}00"), Detail($"sha256:{hex}ff")));

        var result = await cli.RunAsync("explain", "team/app", "0123456", "--from", file);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldEndWith($"2 digests begin with 0123456: sha256:{hex}00, sha256:{hex}ff; give more digits\n");
    }

    [Fact]
    public async Task A_name_in_another_account_is_not_answered_from_this_one()
    {
        cli.Has("team/app", 3);

        var result = await ExplainAsync("999999999999.dkr.ecr.us-east-1.amazonaws.com/team/app:1");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("is in account 999999999999, and this is account 123456789012: give --profile");
    }

    [Theory]
    [InlineData("\"team/app\" names no image: a repository and a tag or digest, such as team/app 1.0.3", "team/app")]
    [InlineData("\"Team/App 1\" names no image", "Team/App", "1")]
    [InlineData("\"team/app sha256:9f86d0\" names no image", "team/app", "sha256:9f86d0")]
    [InlineData("\"team/app:1 2\" names no image", "team/app:1", "2")]
    [InlineData("\"team/app 1@2\" names no image", "team/app", "1@2")]
    [InlineData("\"docker.io/library/nginx:1\" names no image", "docker.io/library/nginx:1")]
    [InlineData("\"team/\ufffd[2Jx 1\" names no image", "team/\e[2Jx", "1")]
    [InlineData("there is no option --jsn; did you mean --json?", "team/app", "--jsn")]
    [InlineData(
        "--region is \"eu-west-1\": the image's name says us-east-1",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:1",
        "--region",
        "eu-west-1")]
    [InlineData("--keep-newest is \"0\": a whole number from 1 to 1000", "team/app", "1", "--keep-newest", "0")]
    [InlineData("nosuch.json: there is no such file or folder", "team/app", "1", "--from", "nosuch.json")]
    public async Task Wrong_usage_is_named_and_nothing_is_asked(string message, params string[] args)
    {
        var result = await cli.RunAsync(["explain", .. args]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(message);
        result.Output.ShouldBeEmpty();
        cli.Ecr.Calls.Count().ShouldBe(0);
    }

    Task<CliResult> ExplainAsync(params string[] args) => cli.RunAsync(["explain", "--endpoint-url", cli.Url.ToString(), .. args]);

    static JsonObject Detail(string digest)
    {
        var detail = Listings.Image(1, 10, "team/app");
        detail["imageDigest"] = digest;
        return detail;
    }
}
