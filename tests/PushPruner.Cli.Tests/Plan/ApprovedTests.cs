using System.Runtime.CompilerServices;
using PushPruner.Cli.Tests.Saved;

namespace PushPruner.Cli.Tests.Plan;

/// <summary>
/// What a person reads of the samples in <c>events/listings</c>, to the letter: the README shows it. With PUSHPRUNER_ACCEPT=1 the approved
/// texts are written anew; read them before they are committed.
/// </summary>
public class ApprovedTests
{
    static readonly string Shop = Path.Combine("events", "listings", "shop.json");
    static readonly string Manifests = Path.Combine("events", "listings", "shop-orders-manifests.json");
    static readonly string InUse = Path.Combine("events", "running.txt");

    [Fact]
    public Task The_table() => CompareAsync("table", [Shop]);

    [Fact]
    public Task A_line_an_image() => CompareAsync("details", [Shop, "--details"], "shop/mailer", "shop/orders");

    [Fact]
    public Task Layers_counted_once() => CompareAsync("layers", [Shop, Manifests, "--layers"], "shop/orders");

    [Fact]
    public Task What_is_in_use_and_yet_expired() => CompareAsync("in-use", [Shop, Manifests, "--in-use", InUse]);

    [Fact]
    public Task Plan_with_another_policy_and_price() =>
        CompareAsync("policy", [Shop, "--keep-newest", "5", "--keep-days", "14", "--protect-tags", "release-*", "--price", "0.11"]);

    [Fact]
    public Task A_document_of_lines() => CompareAsync("csv", [Shop, "--csv"], "shop/mailer");

    [Fact]
    public Task A_document() => CompareAsync("json", [Shop, "--json"], "shop/mailer");

    static async Task CompareAsync(string name, string[] args, params string[] repositories)
    {
        var result = await Listings.PlanOfAsync("", [.. repositories, "--at", "2026-06-01T12:00Z", "--from", .. args]);

        result.ExitCode.ShouldBe(name == "in-use" ? 3 : 0, result.Error);
        var output = result.Output.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("PUSHPRUNER_ACCEPT") is "1")
        {
            await File.WriteAllTextAsync(
                Path.Combine(Path.GetDirectoryName(ThisFile())!, "Approved", $"{name}.txt"), output, TestContext.Current.CancellationToken);
        }
        else
        {
            output.ShouldBe(
                await File.ReadAllTextAsync(Path.Combine("Plan", "Approved", $"{name}.txt"), TestContext.Current.CancellationToken));
        }
    }

    static string ThisFile([CallerFilePath] string path = "") => path;
}
