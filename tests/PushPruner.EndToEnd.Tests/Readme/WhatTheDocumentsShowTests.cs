using System.Text.RegularExpressions;
using Amazon.Runtime;
using PushPruner.Cli;
using PushPruner.Cli.Local;
using PushPruner.Cli.Tests.Local;
using PushPruner.LocalAws;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Readme;

/// <summary>Each command that the README or a document shows with its output is run, and prints that.</summary>
public sealed partial class WhatTheDocumentsShowTests : IDisposable
{
    static readonly string[] Verbs = ["plan", "report", "explain", "simulate", "local", "replay", "reconcile"];

    readonly TemporaryFolder folder = new();

    public static IEnumerable<TheoryDataRow<ConsoleBlock>> Blocks() =>
        Documents().SelectMany(ConsoleBlock.In).Select(b => new TheoryDataRow<ConsoleBlock>(b));

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Blocks), DisableDiscoveryEnumeration = true)]
    public async Task It_prints_what_is_shown(ConsoleBlock block)
    {
        var output = block.Arguments[0] == "local" ? await PushAsync(block) : block.IsAtAws ? await AskAsync(block) : await RunAsync(block);

        block.Shows(output).ShouldBeTrue($"{block.Where} shows something else than what is printed:\n{output}");
    }

    [Fact]
    public void The_readme_shows_each_verb() =>
        ConsoleBlock.In(Path.Combine(Checkout.Root, "README.md")).Select(b => b.Arguments[0]).Distinct().ShouldBe(Verbs, ignoreOrder: true);

    [Fact]
    public void Every_link_between_documents_leads_somewhere() =>
        Documents().SelectMany(d => LinkTo().Matches(File.ReadAllText(d)).Select(m => (From: d, To: m.Groups["file"].Value)))
            .Where(l => !l.To.Contains("://", StringComparison.Ordinal))
            .Where(l => !Path.Exists(Path.Combine(Path.GetDirectoryName(l.From)!, l.To)))
            .ShouldBeEmpty();

    [GeneratedRegex(@"\]\((?<file>[^)#]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkTo();

    static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Checkout.Root, "*.md")).Order(StringComparer.Ordinal);

    async Task<string> RunAsync(ConsoleBlock block, params string[] more)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var surroundings = new CliEnvironment(output, error)
        {
            Clock = new SettableClock(Deployment.Noon), Credentials = new BasicAWSCredentials("test", "test"), Variable = _ => null,
        };
        await CommandLine.RunAsync([.. block.Arguments.Select(Placed), .. more], surroundings, TestContext.Current.CancellationToken);
        return output.ToString().Replace(folder.In(".")[..^1], "", StringComparison.Ordinal) is { Length: > 0 } printed
            ? printed
            : error.ToString();
    }

    // The registry that the sample listing was saved from.
    async Task<string> AskAsync(ConsoleBlock block)
    {
        var registry = new LocalRegistry(new LocalRegistryOptions(), new SettableClock(Deployment.Noon));
        var listings = Directory.GetFiles(Path.Combine(Checkout.Root, "events", "listings"), "*.json");
        foreach (var (repository, images) in SeedReader.Read(listings).All)
            registry.Seed(repository, images);
        await using var server = await LocalAwsServer.StartAsync(registry, cancellationToken: TestContext.Current.CancellationToken);
        return (await RunAsync(block, "--endpoint-url", server.Url.ToString())).Replace(
            $" --endpoint-url {server.Url}", "", StringComparison.Ordinal);
    }

    // Pushes the tags that the document shows.
    static async Task<string> PushAsync(ConsoleBlock block)
    {
        await using var local = await LocalSession.StartAsync([.. block.Arguments.Skip(1)]);
        foreach (var tag in (string[])["1.0", "1.1", "1.2"])
        {
            await local.PushAsync(OciImage.MultiArch(tag), "app", tag);
            local.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        var (_, output) = await local.EndAsync();
        return output.Replace($":{local.Port}", ":5050", StringComparison.Ordinal);
    }

    string Placed(string argument) => argument switch
    {
        _ when argument.StartsWith("events/", StringComparison.Ordinal) => Path.Combine(Checkout.Root, argument),
        _ when argument.EndsWith(".html", StringComparison.Ordinal) => folder.In(argument),
        _ => argument,
    };
}
