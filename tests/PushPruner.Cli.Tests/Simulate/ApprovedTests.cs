using System.Runtime.CompilerServices;
using PushPruner.Cli.Tests.Report;

namespace PushPruner.Cli.Tests.Simulate;

/// <summary>
/// What a person reads of the samples in <c>events</c>, to the letter. With PUSHPRUNER_ACCEPT=1 the approved texts are written anew; read
/// them before they are committed.
/// </summary>
public sealed class ApprovedTests
{
    static readonly string Listings = Path.Combine("events", "listings");
    static readonly string History = Path.Combine("events", "history.jsonl");

    [Fact]
    public Task Of_a_saved_listing() => CompareAsync("listing", "--from", Listings, "--policy", "5/14", "--policy", "20/90");

    [Fact]
    public Task Of_a_history() => CompareAsync("history", "--history", History, "--policy", "5/14");

    [Fact]
    public Task Simulation_with_protected_tags_and_another_price() => CompareAsync(
        "protected",
        "shop/web",
        "--from",
        Listings,
        "--keep-newest",
        "5",
        "--keep-days",
        "7.5",
        "--protect-tags",
        "release-*,latest",
        "--price",
        "0.11");

    [Fact]
    public Task Of_a_time_in_the_past() => CompareAsync("past", "--from", Listings, "--at", "2026-04-15");

    [Fact]
    public Task A_document() => CompareAsync("json", "shop/mailer", "--history", History, "--json");

    static async Task CompareAsync(string name, params string[] args)
    {
        string[] at = args.Contains("--at") ? [] : ["--at", "2026-06-01"];
        var result = await Reporter.RunAsync(["simulate", .. args, .. at]);

        result.ExitCode.ShouldBe(0, result.Error);
        if (Environment.GetEnvironmentVariable("PUSHPRUNER_ACCEPT") is "1")
        {
            await File.WriteAllTextAsync(
                Path.Combine(Path.GetDirectoryName(ThisFile())!, "Approved", $"{name}.txt"),
                result.Output,
                TestContext.Current.CancellationToken);
        }
        else
        {
            result.Output.ShouldBe(
                await File.ReadAllTextAsync(Path.Combine("Simulate", "Approved", $"{name}.txt"), TestContext.Current.CancellationToken));
        }
    }

    static string ThisFile([CallerFilePath] string path = "") => path;
}
