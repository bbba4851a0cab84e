using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using PushPruner.Tests.Hostile;

namespace PushPruner.Cli.Tests.Saved;

/// <summary>A listing is a file that anybody may have written.</summary>
public sealed class HostileTests : IDisposable
{
    const string Hostile = "=[red]\e[2J\e]0;owned\a\r\u009b31m\u202egnp\"[/]";

    readonly Listings listings = new();

    public void Dispose() => listings.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--details")]
    [InlineData("--csv")]
    [InlineData("--json")]
    public async Task Text_in_tags_and_types_reaches_no_terminal_as_a_command(params string[] args)
    {
        var odd = Listings.Image(1, 60, tags: "odd");
        odd["imageManifestMediaType"] = Hostile;
        var file = listings.Has("images.json", Listings.Of([odd, Listings.Image(2, 60, tags: [Hostile]), .. Listings.Images(14).Skip(2)]));

        var result = await Listings.PlanAsync([file, .. args]);

        result.ExitCode.ShouldBe(0, result.Error);
        (result.Output + result.Error)
            .Where(c =>
                c is not ('\n' or '\r')
                && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_holds_the_text_as_it_is()
    {
        var result = await Listings.PlanAsync(listings.Has("images.json", Listings.Of(Listings.Image(2, 60, tags: [Hostile]))), "--json");

        Listings.AllImages(result).Single()["tags"]![0]!.GetValue<string>().ShouldBe(Hostile);
    }

    [Theory]
    [InlineData("repositoryName")]
    [InlineData("imageDigest")]
    [InlineData("imagePushedAt")]
    [InlineData("imageSizeInBytes")]
    public async Task Text_in_what_is_refused_is_harmless_and_short(string name)
    {
        var image = Listings.Image(1, 0, tags: "1");
        image[name] = Hostile + new string('x', 100_000);

        var result = await Listings.PlanAsync(listings.Has("images.json", Listings.Of(image)));

        result.ExitCode.ShouldBe(2);
        result.Error.Length.ShouldBeLessThan(1_000);
        result.Error.Where(c => c != '\n' && char.IsControl(c)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("imageTags", "[\"\\ud800\"]")]
    [InlineData("imageManifestMediaType", "\"\\udc00\\ud800\"")]
    [InlineData("subjectManifestDigest", "\"\\ud83d\"")]
    [InlineData("imagePushedAt", "\"\\ud83d\"")]
    public async Task Half_of_a_surrogate_pair_is_refused_wherever_it_stands(string name, string value)
    {
        var image = Listings.Image(1, 0, tags: "1").ToJsonString();
        var broken = image.Insert(image.Length - 1, $",{Listings.Escaped(name)}:{value}");

        var result = await Listings.PlanAsync(listings.Has("images.json", $"[{broken}]"), "--json");

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("stand for a character in pairs only");
    }

    [Fact]
    public Task Whatever_is_given_it_is_read_or_refused() =>
        Gen.Select(Junk.Json, Junk.Json, Gen.Int[0, 7])
            .SampleAsync(
                async (junk, more, place) =>
                {
                    string[] names =
                    [
                        "imageDigest",
                        "repositoryName",
                        "registryId",
                        "imageTags",
                        "imagePushedAt",
                        "imageSizeInBytes",
                        "imageManifestMediaType",
                        "subjectManifestDigest",
                    ];
                    var image = Listings.Image(1, 0, tags: "1").ToJsonString();
                    // The last of two members of a name counts.
                    var text =
                        place == 0
                            ? junk
                            : $"{{\"imageDetails\":[{image.Insert(image.Length - 1, $",\"{names[place]}\":{junk}")}, {image}]}}{more}";

            var result = await Listings.PlanOfAsync(text, "--from", "-", "--json");

            result.ExitCode.ShouldBeOneOf(0, 2);
            if (result.ExitCode == 0)
                JsonNode.Parse(result.Output).ShouldNotBeNull();
            else
                result.Output.ShouldBeEmpty();
        },
        iter: 300, threads: 1);
}
