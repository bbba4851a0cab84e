using System.Runtime.CompilerServices;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Explain;

/// <summary>
/// What a person reads of the samples in <c>events/listings</c>, to the letter: the README shows it. With PUSHPRUNER_ACCEPT=1 the approved
/// texts are written anew; read them before they are committed.
/// </summary>
public class ApprovedTests
{
    static readonly string Shop = Path.Combine("events", "listings", "shop.json");
    static readonly string Manifests = Path.Combine("events", "listings", "shop-orders-manifests.json");

    [Fact]
    public Task Kept_by_both_windows() => CompareAsync("both", ["shop/orders", "2.63.0"], Shop, Manifests);

    [Fact]
    public Task Kept_by_its_age_alone() => CompareAsync("young", ["shop/web:build-195"], Shop);

    [Fact]
    public Task Protected() => CompareAsync("protected", ["shop/base", "release-3.0", "--protect-tags", "release-*"], Shop);

    [Fact]
    public Task Expired() => CompareAsync("expired", ["shop/orders", "2.54.0"], Shop, Manifests);

    [Fact]
    public Task A_member_by_the_start_of_its_digest() => CompareAsync("member", ["shop/orders@sha256:ea50c0b5c198"], Shop, Manifests);

    [Fact]
    public Task Pulled_lately() => CompareAsync("pulled", ["shop/web", "build-170", "--keep-pulled-days", "45"], Shop);

    [Fact]
    public Task Unknown_with_what_looks_like_it() => CompareAsync("unknown", ["shop/orders", "2.640"], Shop);

    [Fact]
    public Task A_document() => CompareAsync("json", ["shop/orders", "2.63.0", "--json"], Shop, Manifests);

    static async Task CompareAsync(string name, string[] args, params string[] files)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var surroundings = new CliEnvironment(output, error) { Clock = new SettableClock(CliScenario.Noon) };

        var exitCode = await CommandLine.RunAsync(
            ["explain", .. args, "--at", "2026-06-01T12:00Z", "--from", .. files], surroundings, TestContext.Current.CancellationToken);

        exitCode.ShouldBe(name == "unknown" ? 1 : 0, error.ToString());
        var result = output.ToString().ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("PUSHPRUNER_ACCEPT") is "1")
        {
            await File.WriteAllTextAsync(
                Path.Combine(Path.GetDirectoryName(ThisFile())!, "Approved", $"{name}.txt"), result, TestContext.Current.CancellationToken);
        }
        else
        {
            result.ShouldBe(
                await File.ReadAllTextAsync(Path.Combine("Explain", "Approved", $"{name}.txt"), TestContext.Current.CancellationToken));
        }
    }

    static string ThisFile([CallerFilePath] string path = "") => path;
}
