using PushPruner.Cli.Local;
using PushPruner.LocalAws;
using PushPruner.Testing;

namespace PushPruner.Cli.Tests.Local;

public sealed class SeedingTests
{
    [Fact]
    public async Task A_folder_is_read_as_the_plan_reads_it()
    {
        await using var local = await LocalSession.StartAsync("--seed", Path.Combine(Checkout.Root, "events", "listings"));

        var (_, output) = await local.EndAsync();

        output.ShouldContain("Seeded shop/web with 98 manifests, ");
        output.ShouldContain("Seeded shop/orders with 100 manifests, ");
    }

    [Fact]
    public async Task A_folder_without_anything_to_read_is_named()
    {
        using var folder = new TemporaryFolder();
        await using var error = new StringWriter();

        (
            await CommandLine.RunAsync(["local", "--seed", folder.In(".")], TextWriter.Null, error, TestContext.Current.CancellationToken)
        ).ShouldBe(2);

        error.ToString().ShouldEndWith("there is no .json or .jsonl file in it\n");
    }

    [Fact]
    public async Task Ctrl_C_ends_it_before_it_is_filled()
    {
        await using var error = new StringWriter();

        var exitCode = await CommandLine.RunAsync(
            ["local", "--port", "0", "--seed", Path.Combine(Checkout.Root, "events", "listings")],
            TextWriter.Null,
            error,
            new CancellationToken(canceled: true));

        exitCode.ShouldBe(130);
        error.ToString().ShouldBe("Stopped before it was filled.\n");
    }

    [Fact]
    public void A_tag_is_where_it_was_seen_last_and_an_image_that_comes_again_gets_the_tags_besides()
    {
        var seeds = new Seeds();
        seeds.Add("app", new SeededImage { Digest = "a", Tags = ["1", "latest"] });
        seeds.Add("app", new SeededImage { Digest = "b", Tags = ["2", "latest"] });
        seeds.Add("app", new SeededImage { Digest = "a", Tags = ["1", "stable"] });

        seeds.All
            .Single()
            .Images.ToDictionary(i => i.Digest!, i => string.Join(' ', i.Tags))
            .ShouldBe(new Dictionary<string, string> { ["a"] = "1 stable", ["b"] = "2 latest" }, ignoreOrder: true);
        seeds.Count.ShouldBe(2);
    }
}
