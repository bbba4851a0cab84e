using System.Text;
using System.Text.Json.Nodes;

namespace PushPruner.Cli.Tests.Saved;

public sealed class ReadingTests : IDisposable
{
    static readonly string Recordings = Path.Combine("Saved", "Data", "describe-images");

    readonly Listings listings = new();

    public void Dispose() => listings.Dispose();

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_byte_order_mark_tells_the_encoding_as_PowerShell_writes_it(string encoding)
    {
        var file = listings.Has("images.json", Listings.Of(Listings.Images(12)), Encoding.GetEncoding(encoding));

        await ShouldHaveAsync(12, file);
    }

    [Fact]
    public async Task A_mark_may_stand_in_what_comes_in()
    {
        var result = await Listings.PlanOfAsync("\uFEFF" + Listings.Of(Listings.Images(12)), "--from", "-", "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        Listings.AllImages(result).Count.ShouldBe(12);
    }

    [Fact]
    public async Task Several_documents_may_stand_in_one_file()
    {
        var text =
            $"{Listings.Of(Listings.Images(3, repository: "a/one"))}\n{Listings.Of(Listings.Images(4, repository: "a/two"))}"
                + $"{Listings.Of(Listings.Images(5, repository: "b/three"))}\n";

        await ShouldHaveAsync(12, listings.Has("images.json", text));
    }

    [Fact]
    public async Task Files_folders_and_the_standard_input_are_read_together()
    {
        listings.Has("folder/one.json", Listings.Of(Listings.Images(3, repository: "a/one")));
        listings.Has("folder/two.json", Listings.Of(Listings.Images(4, repository: "a/two")));
        listings.Has("folder/notes.txt", "no listing");
        listings.Has("folder/below/other.json", "no listing either");
        var file = listings.Has("three.json", Listings.Of(Listings.Images(5, repository: "b/three")));

        var result = await Listings.PlanOfAsync(
            Listings.Of(Listings.Images(6, repository: "c/four")),
            "--from",
            listings.In("folder"),
            file,
            "-",
            "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Json["repositories"]!
            .AsArray()
            .Select(r => r!["repository"]!.GetValue<string>())
            .ShouldBe(["a/one", "a/two", "b/three", "c/four"]);
        Listings.AllImages(result).Count.ShouldBe(18);
    }

    [Fact]
    public async Task What_query_left_of_it_is_enough_if_it_is_whole()
    {
        var list = new JsonArray([.. Listings.Images(12)]).ToJsonString();
        var rows = string.Join('\n', Listings.Images(12).Select(i => i.ToJsonString()));

        await ShouldHaveAsync(12, listings.Has("list.json", list));
        await ShouldHaveAsync(12, listings.Has("rows.json", rows));
    }

    [Fact]
    public async Task An_empty_repository_of_others_is_no_trouble()
    {
        var file = listings.Has("images.json", """{"imageDetails": []}""" + Listings.Of(Listings.Images(2)));

        await ShouldHaveAsync(2, file);
    }

    [Fact]
    public async Task The_same_digest_twice_is_one_image_as_it_was_told_last()
    {
        var moved = Listings.Image(1, 50, tags: "old");
        var file = listings.Has("images.json", Listings.Of([moved, .. Listings.Images(2), Listings.Image(1, 50, tags: "new")]));

        var result = await Listings.PlanAsync(file, "--json");

        var image = Listings.AllImages(result).Single(i => i["digest"]!.GetValue<string>() == Listings.DigestOf(1));
        image["tags"]!.ToJsonString().ShouldBe("""["new"]""");
        Listings.AllImages(result).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_digest_in_two_repositories_is_two_images()
    {
        var file = listings.Has("images.json", Listings.Of(Listings.Image(1, 50, "a/one", "x"), Listings.Image(1, 50, "a/two", "x")));

        await ShouldHaveAsync(2, file);
    }

    [Fact]
    public async Task A_repository_out_of_two_files_is_said_to_be()
    {
        var (monday, tuesday) = (
            listings.Has("monday.json", Listings.Of(Listings.Images(2))), listings.Has("tuesday.json", Listings.Of(Listings.Images(3))));

        var result = await Listings.PlanAsync(monday, tuesday);

        result.Output.ShouldContain(
            "team/app stands in more than one file: what was deleted between them is counted as if it were still there.");
        (await Listings.PlanAsync(monday)).Output.ShouldNotContain("more than one file");
    }

    [Theory]
    [InlineData(
        "",
        "it is empty; save a listing with: aws ecr describe-images --repository-name NAME --filter imageStatus=ANY --output json > "
            + "images.json"
    )]
    [InlineData(" \n ", "it is empty; save a listing with: ")]
    [InlineData("{", "it is no JSON (")]
    [InlineData("""{"imageDetails": [""", "it is no JSON (")]
    [InlineData(
        "IMAGEDETAILS\tapplication/vnd.oci", "it is no JSON ('I' is an invalid start of a value, line 1); save it with --output json: ")]
    [InlineData("imageDetails:\n- imageDigest: x", "it is no JSON (")]
    [InlineData("7", "it is no JSON object but Number; save a listing with: ")]
    [InlineData("null", "it is no JSON object but Null; save a listing with: ")]
    [InlineData("{}", "it has no imageDetails; save a listing with: ")]
    [InlineData("""{"imageDetails": null}""", "it has no imageDetails; save a listing with: ")]
    [InlineData("""{"imageIds": []}""", "it is what list-images prints, which has no times; save a listing with: ")]
    [InlineData("""{"repositories": []}""", "it is what describe-repositories prints, which has no images; save a listing with: ")]
    [InlineData("""{"imageTagDetails": []}""", "it is of ECR Public, which PushPruner doesn't serve; save a listing with: ")]
    [InlineData(
        """{"imageDetails": [], "nextToken": "x"}""",
        "it is only a part of the repository (nextToken says that there is more): save it again without --max-items and --no-paginate")]
    [InlineData("""{"imageDetails": [], "NextToken": "x"}""", "it is only a part of the repository (NextToken says that there is more): ")]
    [InlineData("""{"imageDetails": [7]}""", "one of its images is no JSON object but Number")]
    [InlineData(
        """{"imageDetails": [{"imageDigest": "sha256:x", "repositoryName": "app"}]}""",
        "imageDigest is \"sha256:x\": a digest such as sha256:<64 hex digits>; save the listing whole, without --query")]
    [InlineData("""[{"Tag": "v1", "Status": "ARCHIVED"}]""", "imageDigest is missing: a digest such as ")]
    [InlineData(
        """{"images": [{"imageId": {"imageTag": "x"}}]}""",
        "one of its images has no imageDigest or no imageManifest: save it whole, without --query")]
    [InlineData(
        """{"imageDetails": [{"imageDigest": "\ud800"}]}""",
        "one of its names is no text: \\ud800 to \\udfff stand for a character in pairs only")]
    [InlineData("""{"images": []}""", "there is no image in what was given; save a listing with: ")]
    public async Task What_can_not_be_used_is_refused_with_the_way_out(string text, string message)
    {
        var file = listings.Has("images.json", text);

        var result = await Listings.PlanAsync(file);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain(message);
        if (!message.StartsWith("there is no image", StringComparison.Ordinal))
            result.Error.ShouldStartWith($"{file}: ");
    }

    [Theory]
    [InlineData("archive-states-projection-2026-03-28.json", "imageDigest is missing")]
    [InlineData("ecr-public-tag-rows-2023.json", "it is of ECR Public, which PushPruner doesn't serve")]
    public async Task Recordings_of_another_kind_are_refused(string file, string message)
    {
        var result = await Listings.PlanAsync(Path.Combine(Recordings, file));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(message);
    }

    [Theory]
    [InlineData(
        "repositoryName",
        "null",
        "repositoryName of sha256:0000000000000000000000000000000000000000000000000000000000000001 is null: the repository's name")]
    [InlineData("repositoryName", "\"Team App\"", "is \"Team App\": the repository's name")]
    [InlineData("imageTags", "\"v1\"", "is \"v1\": a list of tags")]
    [InlineData("imageTags", "[1]", "is [1]: a list of tags")]
    [InlineData("imageSizeInBytes", "\"12\"", "is \"12\": a number of bytes, 0 or more")]
    [InlineData("imageSizeInBytes", "-1", "is -1: a number of bytes, 0 or more")]
    [InlineData("imageSizeInBytes", "1.5", "is 1.5: a number of bytes, 0 or more")]
    public async Task A_value_that_is_wrong_is_named(string name, string value, string message)
    {
        var image = Listings.Image(1, 0, tags: "1");
        image[name] = JsonNode.Parse(value);

        var result = await Listings.PlanAsync(listings.Has("images.json", Listings.Of(image)));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Two_registries_are_not_thrown_together()
    {
        var other = Listings.Image(2, 0, tags: "2");
        other["registryId"] = "210987654321";
        var (one, two) = (listings.Has("one.json", Listings.Of(Listings.Images(1))), listings.Has("two.json", Listings.Of(other)));

        var result = await Listings.PlanAsync(one, two);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldBe($"{two}: it is of registry 210987654321, and {one} is of 123456789012: one registry at a time\n");
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        listings.Has("folder/notes.txt", "");

        (await Listings.PlanAsync(listings.In("nothing.json"))).Error.ShouldBe(
            $"{listings.In("nothing.json")}: there is no such file or folder\n");
        (await Listings.PlanAsync("team/app")).Error.ShouldBe(
            "team/app: there is no such file or folder; if it is a repository, name it before the files\n");
        var result = await Listings.PlanAsync(listings.In("folder"));
        result.Error.ShouldBe($"{listings.In("folder")}: there is no .json file in it\n");
        result.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_repository_that_the_listing_does_not_have_fails_and_the_others_go_on()
    {
        var file = listings.Has("images.json", Listings.Of(Listings.Images(12)));

        var result = await Listings.PlanAsync(file, "--json", "--", "nosuch", "team/app");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("nosuch: there is no repository nosuch");
        Listings.AllImages(result).Count.ShouldBe(12);
    }

    [Fact]
    public async Task Nothing_of_AWS_is_asked_and_no_region_needed()
    {
        var file = listings.Has("images.json", Listings.Of(Listings.Images(12)));
        await using var output = new StringWriter();
        var surroundings = new CliEnvironment(output, TextWriter.Null)
        {
            Variable = name =>
                name.StartsWith("AWS_", StringComparison.Ordinal) ? throw new InvalidOperationException($"asked for {name}") : null,
        };

        (await CommandLine.RunAsync(["plan", "--from", file], surroundings, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Theory]
    [InlineData("--region", "eu-west-1")]
    [InlineData("--profile", "prod")]
    [InlineData("--endpoint-url", "http://127.0.0.1:1")]
    [InlineData("--index-table", "table")]
    public async Task Files_and_AWS_exclude_each_other(string option, string value)
    {
        var result = await Listings.PlanAsync(listings.Has("images.json", Listings.Of(Listings.Images(1))), option, value);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain($"--from looks into files, and {option} says to look elsewhere: give one of them");
    }

    static async Task ShouldHaveAsync(int images, string path)
    {
        var result = await Listings.PlanAsync(path, "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        Listings.AllImages(result).Count.ShouldBe(images);
    }
}
