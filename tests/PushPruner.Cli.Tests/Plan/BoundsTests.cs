using PushPruner.Cli.Tests.Reconcile;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Plan;

/// <summary>Whether a number is exact or a bound, by what is known of the registry's layers.</summary>
public sealed class BoundsTests
{
    [Fact]
    public async Task Counted_by_image_every_number_of_bytes_and_dollars_is_an_upper_bound()
    {
        await using var cli = await DeskAsync(isMounting: false);

        var result = await cli.PlanAsync();
        var json = await cli.PlanAsync("--json");

        result.Output.ShouldContain("│ ≤ 28 MB │ ≤ 8 MB │ ≤ $0.00 │       ≤ $0.00 │");
        result.Output.ShouldContain("That frees up to 8 MB of 28 MB, and saves up to $0.00 a month, up to $0.01 a year.\n");
        json.Json["totals"]!["bytesAre"]!.GetValue<string>().ShouldBe("at-most");
    }

    [Fact]
    public async Task Counted_by_layer_where_no_blob_is_mounted_they_are_exact()
    {
        await using var cli = await DeskAsync(isMounting: false);

        var result = await cli.PlanAsync("--layers");

        result.Output.ShouldNotContain("≤");
        result.Output.ShouldNotContain("up to $");
        result.Output.ShouldContain("Each layer is counted once a repository.\n");
        (await FreedAsync(cli)).ShouldBe((8_000_000L, "exact"));
    }

    // Both repositories have the same images, so ECR stores them once.
    [Fact]
    public async Task Where_blobs_are_mounted_a_layer_counts_once_for_the_registry()
    {
        await using var cli = await DeskAsync(isMounting: true);

        var result = await cli.PlanAsync("--layers");

        result.Output.ShouldContain("Each layer is counted once for the registry, because blob mounting is on (BLOB_MOUNTING)");
        (await FreedAsync(cli)).ShouldBe((4_000_000L, "exact"));
    }

    [Fact]
    public async Task Where_blobs_are_mounted_what_was_not_looked_at_may_need_them()
    {
        await using var cli = await DeskAsync(isMounting: true);

        (await FreedAsync(cli, "team/app")).ShouldBe((4_000_000L, "at-most"));
        (await FreedAsync(cli, "--repositories", "team/a*")).ShouldBe((4_000_000L, "at-most"));
    }

    [Fact]
    public async Task Where_another_repository_keeps_the_same_layers_nothing_is_freed()
    {
        await using var cli = await DeskAsync(isMounting: true);
        cli.Ecr.TagResource(new TagResourceCall
        {
            ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/web",
            Tags = [new ResourceTag { Key = "pushpruner:enabled", Value = "false" }],
        });

        (await FreedAsync(cli)).ShouldBe((0L, "exact"));
    }

    [Fact]
    public async Task Who_may_not_ask_for_the_setting_gets_an_upper_bound_and_no_failure()
    {
        await using var cli = await DeskAsync(isMounting: false);
        cli.Ecr.Faults.OnCall(c => c.Operation == "GetAccountSetting" ? Fault.AccessDenied : null);

        var result = await cli.PlanAsync("--layers");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain(
            "If blob mounting (BLOB_MOUNTING) is on, ECR stores it once for the registry, and less is stored and freed.\n");
        (await FreedAsync(cli)).ShouldBe((8_000_000L, "at-most"));
    }

    [Fact]
    public async Task The_setting_is_asked_for_only_when_layers_are_counted()
    {
        await using var cli = await DeskAsync(isMounting: false);

        await cli.PlanAsync();

        cli.Ecr.Calls.Count("GetAccountSetting").ShouldBe(0);
    }

    static async Task<(long Bytes, string Are)> FreedAsync(CliScenario cli, params string[] args)
    {
        var layers = (await cli.PlanAsync(["--layers", "--json", .. args])).Json["totals"]!["layers"]!;
        return (layers["bytesToFree"]!.GetValue<long>(), layers["bytesToFreeAre"]!.GetValue<string>());
    }

    static async Task<CliScenario> DeskAsync(bool isMounting)
    {
        var cli = new CliScenario { Options = new LocalRegistryOptions { BlobMounting = isMounting } };
        await cli.InitializeAsync();
        foreach (var repository in (string[])["team/app", "team/web"])
        {
            cli.Ecr.Seed(
                repository,
                Enumerable
                    .Range(1, 14)
                    .Select(n => ManifestFactory.Image($"same:{n}", 1_000_000).At(CliScenario.Noon.AddDays(-40).AddHours(n), $"{n}")));
        }

        return cli;
    }
}
