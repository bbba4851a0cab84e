using System.Runtime.CompilerServices;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Testing;

namespace PushPruner.Cli.Tests.Report;

/// <summary>Runs <c>pushpruner report</c>, and keeps what it wrote.</summary>
public sealed class Reporter : IDisposable
{
    readonly TemporaryFolder folder = new();
    int pages;

    public string In(string file) => folder.In(file);

    /// <summary>Of a saved listing, as of <see cref="ListingFile.At"/>.</summary>
    internal async Task<string> PageOfAsync(ListingFile listing, params string[] args)
    {
        var saved = In($"{++pages}.json");
        await File.WriteAllTextAsync(saved, listing.ToString());
        return await PageOfAsync(saved, args);
    }

    public async Task<string> PageOfAsync(string saved, params string[] args)
    {
        var page = In($"{++pages}.html");
        var result = await RunAsync(["report", "--from", saved, "--at", ListingFile.At, "--html", page, .. args]);
        result.ExitCode.ShouldBe(0, result.Error);
        return page;
    }

    public static string Sample([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../events/listings/shop.json"));

    public static Task<CliResult> RunAsync(params string[] args) =>
        RunAsync(args, new CliEnvironment(TextWriter.Null, TextWriter.Null), TestContext.Current.CancellationToken);

    public static async Task<CliResult> RunAsync(string[] args, CliEnvironment surroundings, CancellationToken stop)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, surroundings with { Output = output, Error = error }, stop);
        return new(exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    public void Dispose() => folder.Dispose();
}
