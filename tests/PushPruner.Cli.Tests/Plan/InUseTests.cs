using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Cli.Tests.Saved;

namespace PushPruner.Cli.Tests.Plan;

public sealed class InUseTests : IDisposable
{
    const string Here = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    readonly Listings listings = new();
    readonly string images;

    public InUseTests()
    {
        var index = Listings.Image(101, 60, tags: "release");
        index["imageManifestMediaType"] = "application/vnd.oci.image.index.v1+json";
        images = listings.Has(
            "images.json",
            Listings.Of([
                .. Listings.Images(14),
                index,
                Listings.Image(102, 60.001),
                Listings.Image(103, 60.001),
                .. Enumerable.Range(1, 12).Select(n => Listings.Image(200 + n, 39 - (n / 24d), "web", $"{n}")),
            ]));
    }

    // Of team/app 1 to 4 and the index 101 with its members 102 and 103 are expired, 5 is not.
    static string Expired { get; } = Listings.DigestOf(1);

    public void Dispose() => listings.Dispose();

    public static TheoryData<string> NamingTheImage => new(
        $"{Here}/team/app:1",
        $"{Here}/team/app@{Expired}",
        $"{Here}/team/app:moved@{Expired}",
        $"docker-pullable://{Here}/team/app@{Expired}",
        $"123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/team/app:1",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app:1",
        "123456789012.dkr-ecr.us-west-2.on.aws/team/app:1",
        "000000000000.dkr.ecr.eu-west-1.localhost.localstack.cloud:4566/x/y:1 team/app:1",
        Expired,
        $"docker://{Expired}",
        $"@{Expired}",
        "team/app:1",
        $"team/app@{Expired}",
        $"nginx:1.27 , team/app:1,team/app:5",
        $"\t\"{Here}/team/app:1\",",
        $"[{Here}/team/app:1 {Here}/team/app:5]",
        $"default\tpod-1\t{Here}/team/app:1",
        $"# what runs\r\n\r\n{Here}/team/app:1\r\n<none>\r\n",
        $$"""["{{Here}}/team/app:1"]""",
        $$"""[["team/app:1"], ["nginx"]]""",
        $$$"""{"tasks":[{"taskArn":"arn:aws:ecs:eu-west-1:123456789012:task/x","containers":[{"name":"app","image":"{{{Here}}}/team/app:5","imageDigest":"{{{Expired}}}"}]}]}""",
        $$$"""{"taskDefinition":{"family":"web:1","containerDefinitions":[{"name":"x","image":"{{{Here}}}/team/app:1","command":["web:1"]}]}}""",
        $$$"""{"items":[{"status":{"containerStatuses":[{"image":"sha256:x","imageID":"{{{Here}}}/team/app@{{{Expired}}}"}]}}]}""",
        $$$"""{"Code":{"ImageUri":"{{{Here}}}/team/app:5","ResolvedImageUri":"{{{Here}}}/team/app@{{{Expired}}}"}}""",
        $$"""
        {"Image":"nginx","Names":"a"}
        {"Image":"team/app:1","Names":"b"}
        """);

    [Theory]
    [MemberData(nameof(NamingTheImage))]
    public async Task However_it_is_named_an_expired_image_is_shown_and_the_exit_code_is_3(string text)
    {
        var result = await PlanAsync(text, "--json");

        result.ExitCode.ShouldBe(3, result.Error);
        var held = result.Json["inUse"]!["expired"]!.AsArray();
        held.Count.ShouldBe(1);
        held[0]!["digest"]!.GetValue<string>().ShouldBe(Expired);
        held[0]!["repository"]!.GetValue<string>().ShouldBe("team/app");
        held[0]!["tags"]![0]!.GetValue<string>().ShouldBe("1");
        held[0]!["reason"]!.GetValue<string>().ShouldBe("rank 13, 40.0 days old");
    }

    [Theory]
    [InlineData("team/app:5")]
    [InlineData("team/app")]
    [InlineData("team/app:latest")]
    [InlineData("1")]
    [InlineData("team/other:1")]
    [InlineData("210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/app:1")]
    [InlineData("ghcr.io/team/app:1")]
    [InlineData("localhost:5000/team/app:1")]
    [InlineData("public.ecr.aws/team/app:1")]
    [InlineData("web:sha256")]
    public async Task What_it_does_not_name_is_not_held(string text)
    {
        var result = await PlanAsync($"{text} web:12", "--json");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Json["inUse"]!["expired"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public async Task A_digest_of_the_index_or_of_a_member_holds_the_whole_image(int n)
    {
        var result = await PlanAsync($"{Here}/team/app@{Listings.DigestOf(n)}", "--json");

        result.ExitCode.ShouldBe(3);
        result.Json["inUse"]!["expired"]!.AsArray().Single()!["digest"]!.GetValue<string>().ShouldBe(Listings.DigestOf(101));
    }

    [Fact]
    public async Task A_digest_by_itself_is_looked_for_in_every_repository()
    {
        var file = listings.Has(
            "two.json", Listings.Of([.. Listings.Images(12, repository: "a/one"), .. Listings.Images(12, repository: "a/two")]));

        var result = await Listings.PlanOfAsync(Expired, "--from", file, "--in-use", "-", "--json");

        result.Json["inUse"]!["expired"]!.AsArray().Select(h => h!["repository"]!.GetValue<string>()).ShouldBe(["a/one", "a/two"]);
        result.Json["inUse"]!["references"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Text_tells_which_and_why_and_what_became_of_the_rest()
    {
        var file = listings.Has(
            "running.txt", $"{Here}/team/app:1\n{Here}/team/app@{Expired}\nteam/app:5\nnginx:1\nghcr.io/a/b:1\nghcr.io/a/b:1\n");
        var more = listings.Has("more.txt", "team/gone\nIMAGE\n");

        var result = await Listings.PlanAsync(images, "--in-use", file, more);

        result.ExitCode.ShouldBe(3);
        result.Output.ShouldContain($"""

            1 image that would go is in use (6 references given: 1 of other registries, 2 not found in the listing, 1 more not understood):
              - team/app  1  {Expired}: rank 13, 40.0 days old; named by {Here}/team/app@{Expired} and 1 more
              A tag that --protect-tags matches keeps an image, and --keep-pulled-days keeps what is still pulled.

            """.ReplaceLineEndings("\n"));
        result.Error.ShouldContain($"not understood: {more}, line 2: IMAGE\n");
    }

    [Fact]
    public async Task Where_nothing_of_it_is_expired_that_is_said()
    {
        var result = await PlanAsync("team/app:5\nteam/app:6");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("No image that would go is in use (2 references given).\n");
    }

    [Fact]
    public async Task Csv_names_the_reference_beside_the_image()
    {
        var result = await PlanAsync("team/app:1", "--csv");

        result.ExitCode.ShouldBe(3);
        result.Output.Split("\r\n").Single(l => l.EndsWith(",team/app:1", StringComparison.Ordinal)).ShouldContain(Expired);
    }

    [Fact]
    public async Task What_can_not_be_understood_is_counted_and_the_first_are_named()
    {
        var result = await PlanAsync("team/app:5\nTEAM/App\na//b\nx@sha256:12\n:::\n\e[2Jbad\n", "--json");

        result.ExitCode.ShouldBe(0);
        result.Json["inUse"]!["notUnderstood"]!.GetValue<int>().ShouldBe(5);
        result.Error.ShouldStartWith(
            "not understood: standard input, line 2: TEAM/App\nnot understood: standard input, line 3: a//b\nnot understood: standard "
                + "input, line 4: x@sha256:12\nand 2 more not understood\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n# nothing\n")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("NAME IMAGE")]
    [InlineData("{\"image\":\"\\ud800\"}")]
    public async Task Where_nothing_at_all_is_named_it_is_wrong_usage(string text)
    {
        var result = await PlanAsync(text);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("--in-use is \"-\": a file with what is in use, one image a line, such as ");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_usage()
    {
        var result = await Listings.PlanAsync(images, "--in-use", listings.In("nothing.txt"));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldBe($"--in-use is \"{listings.In("nothing.txt")}\": there is no such file or folder\n");
    }

    [Fact]
    public async Task The_commit_of_a_build_as_a_tag_is_no_digest()
    {
        var commit = new string('a', 40);
        var file = listings.Has(
            "builds.json", Listings.Of([.. Listings.Images(12, repository: "app").Skip(1), Listings.Image(1, 40, "app", commit)]));

        var result = await Listings.PlanOfAsync($"app:{commit}", "--from", file, "--in-use", "-");

        result.ExitCode.ShouldBe(3, result.Error);
    }

    [Fact]
    public async Task A_powershell_file_is_read()
    {
        var file = listings.Has("running.txt", "team/app:1\r\n", System.Text.Encoding.Unicode);

        (await Listings.PlanAsync(images, "--in-use", file)).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task The_region_of_AWS_decides_which_images_in_use_count()
    {
        await using var cli = new CliScenario();
        await cli.InitializeAsync();
        cli.Has("team/app", 14);

        cli.Terminal = new StringReader("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1");
        var other = await cli.PlanAsync("--in-use", "-");
        cli.Terminal = new StringReader("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:1");
        var same = await cli.PlanAsync("--in-use", "-");

        other.ExitCode.ShouldBe(0);
        other.Output.ShouldContain("(1 reference given: 1 of other registries)");
        same.ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_goes_before_it()
    {
        var result = await Listings.PlanOfAsync("team/app:1", "nosuch", "team/app", "--from", images, "--in-use", "-");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("1 image that would go is in use");
    }

    Task<CliResult> PlanAsync(string text, params string[] args) =>
        Listings.PlanOfAsync(text, ["--from", images, "--in-use", "-", .. args]);
}
