using System.Text.Json.Nodes;
using PushPruner.Testing;

namespace PushPruner.Cli.Tests.Local;

public sealed class PushingToItTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_push_is_told_with_what_it_pruned_and_Ctrl_C_sums_up()
    {
        await using var local = await LocalSession.StartAsync("--keep-newest", "2", "--keep-days", "0");
        foreach (var tag in (string[])["1.0", "1.1", "1.2"])
        {
            await local.PushAsync(OciImage.Of(tag), "team/app", tag);
            local.Clock.Advance(TimeSpan.FromDays(1));
        }

        var (exitCode, output) = await local.EndAsync();
        exitCode.ShouldBe(0);
        output.ShouldContain("2026-11-25 10:00  team/app:1.0              nothing expired\n");
        output.ShouldContain("2026-11-27 10:00  team/app:1.2              pruned 1\n                  - 1.0 (");
        output.ShouldContain("): rank 2 or more, 2.0 days old\n");
        Row(output, "team/app")[..4].ShouldBe(["team/app", "3", "2", "1"]);
    }

    [Fact]
    public async Task What_to_paste_names_its_port_and_its_region()
    {
        await using var local = await LocalSession.StartAsync("--region", "eu-west-1", "--account", "210987654321");

        var (_, output) = await local.EndAsync();
        output.ShouldContain("Embedded registry of account 210987654321 in eu-west-1");
        output.ShouldContain($"docker push localhost:{local.Port}/app:1.0");
        output.ShouldContain($"--endpoint-url http://127.0.0.1:{local.Port} --region eu-west-1");
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_go_and_deletes_nothing()
    {
        await using var local = await LocalSession.StartAsync("--keep-newest", "1", "--keep-days", "0", "--dry-run");
        await local.PushAsync(OciImage.Of("a"), "app", "1.0");
        local.Clock.Advance(TimeSpan.FromDays(1));
        await local.PushAsync(OciImage.Of("b"), "app", "1.1");

        var (_, output) = await local.EndAsync();
        output.ShouldContain("app:1.1                   would prune 1\n                  - 1.0 ");
        Row(output, "app")[..4].ShouldBe(["app", "2", "2", "0"]);
    }

    [Fact]
    public async Task A_dry_run_counts_what_would_go_as_a_real_one_counts_what_went()
    {
        await using var local = await LocalSession.StartAsync("--keep-newest", "1", "--keep-days", "0", "--dry-run");
        await local.PushAsync(OciImage.MultiArch("a"), "app", "1.0");
        local.Clock.Advance(TimeSpan.FromDays(1));
        await local.PushAsync(OciImage.MultiArch("b"), "app", "1.1");

        var (_, output) = await local.EndAsync();
        output.ShouldContain(
            "app:1.1                   would prune 4\n                  - 1.0 ",
            Case.Sensitive,
            "an index, its platforms and their attestation");
    }

    [Fact]
    public async Task A_seeded_history_is_pruned_by_the_next_push_and_not_before()
    {
        await using var local = await LocalSession.StartAsync("--seed", Path.Combine("events", "history.jsonl"), "--protect-tags", "v1");
        var before = JsonNode.Parse(await local.CallEcrAsync("DescribeImages", """{"repositoryName":"shop/mailer"}"""))![
            "imageDetails"
        ]!.AsArray();
        before.Count.ShouldBe(14);

        await local.PushAsync(OciImage.Of("new"), "shop/mailer", "v15");
        var (_, output) = await local.EndAsync();
        output.ShouldContain("Seeded shop/mailer with 14 manifests, 891 MB.\n");
        output.ShouldContain("shop/mailer:v15           pruned 4\n                  - v2 ");
        Row(output, "shop/mailer")[..4].ShouldBe(["shop/mailer", "1", "11", "4"]);
        Row(output, "shop/web")[..4].ShouldBe(["shop/web", "0", "340", "0"]);
    }

    [Fact]
    public async Task A_saved_listing_seeds_it_with_its_times_and_tags()
    {
        var file = folder.In("images.json");
        await File.WriteAllTextAsync(file, $$"""
            {"imageDetails":[
              {"registryId":"123456789012","repositoryName":"web","imageDigest":"sha256:{{new string(
                'a',
                64)}}","imageTags":["old"],"imageSizeInBytes":1000,
               "imagePushedAt":1700000000.5,"imageManifestMediaType":"application/vnd.oci.image.manifest.v1+json"},
              {"registryId":"123456789012","repositoryName":"web","imageDigest":"sha256:{{new string(
                'b',
                64)}}","imageTags":["newer"],"imageSizeInBytes":2000,
               "imagePushedAt":"2024-03-01T08:15:00+00:00","imageManifestMediaType":"application/vnd.oci.image.manifest.v1+json"}]}
            """, TestContext.Current.CancellationToken);
        await using var local = await LocalSession.StartAsync("--seed", file, "--keep-newest", "2");
        await local.PushAsync(OciImage.Of("new"), "web", "1.0");

        var (_, output) = await local.EndAsync();
        output.ShouldContain("Seeded web with 2 manifests, 3 kB.\n");
        output.ShouldContain("web:1.0                   pruned 1\n                  - old (1 kB): ");
    }

    [Fact]
    public async Task What_happens_between_two_pushes_is_no_push()
    {
        await using var local = await LocalSession.StartAsync();
        await local.PushAsync(OciImage.Of("a"), "app", "1.0");
        await local.CallEcrAsync("BatchDeleteImage", """{"repositoryName":"app","imageIds":[{"imageTag":"1.0"}]}""");

        var (_, output) = await local.EndAsync();
        Row(output, "app")[..4].ShouldBe(["app", "1", "0", "0"]);
        output.Split('\n').Count(l => l.Contains("  app:", StringComparison.Ordinal)).ShouldBe(1);
    }

    static string[] Row(string output, string repository) =>
        [
            .. output
                .Split('\n')
                .Single(l => l.StartsWith($"│ {repository} ", StringComparison.Ordinal))
                .Split('│', StringSplitOptions.TrimEntries)[1..^1],
        ];
}
