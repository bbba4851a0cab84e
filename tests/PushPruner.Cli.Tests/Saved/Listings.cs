using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Reconcile;
using PushPruner.LocalAws;
using PushPruner.Testing;

namespace PushPruner.Cli.Tests.Saved;

/// <summary>A folder of saved listings, and the command that looks into them.</summary>
public sealed class Listings : IDisposable
{
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public string In(string file) => folder.In(file);

    public string Has(string file, string text, Encoding? encoding = null)
    {
        var path = folder.In(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    public static string DigestOf(int n) => $"sha256:{n:x64}";

    /// <summary>As describe-images prints it.</summary>
    public static string Of(params IEnumerable<JsonObject> details) =>
        new JsonObject { ["imageDetails"] = new JsonArray([.. details]) }.ToJsonString();

    /// <param name="daysOld">Before noon of 1 June 2026.</param>
    public static JsonObject Image(int n, double daysOld, string repository = "team/app", params string[] tags) => new()
    {
        ["registryId"] = "123456789012",
        ["repositoryName"] = repository,
        ["imageDigest"] = DigestOf(n),
        ["imageTags"] = new JsonArray([.. tags]),
        ["imageSizeInBytes"] = 1_000_000,
        ["imagePushedAt"] = CliScenario.Noon.AddDays(-daysOld).ToString("O"),
        ["imageManifestMediaType"] = OciManifest,
        ["imageStatus"] = "ACTIVE",
    };

    /// <summary>Images of that age, an hour apart, tagged 1 (the oldest), 2, ...</summary>
    public static IEnumerable<JsonObject> Images(int count, double daysOld = 40, string repository = "team/app") =>
        Enumerable.Range(1, count).Select(n => Image(n, daysOld - (n / 24d), repository, $"{n}"));

    public static Task<CliResult> PlanAsync(params string[] args) => PlanOfAsync("", ["--from", .. args]);

    public static async Task<CliResult> PlanOfAsync(string input, params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var surroundings = new CliEnvironment(output, error)
        {
            Input = new StringReader(input), Clock = new SettableClock(CliScenario.Noon),
        };
        var exitCode = await CommandLine.RunAsync(["plan", .. args], surroundings, TestContext.Current.CancellationToken);
        // CSV has line ends of its own.
        return new(
            exitCode,
            args.Contains("--csv") ? output.ToString() : output.ToString().ReplaceLineEndings("\n"),
            error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>All images of all repositories of the document.</summary>
    public static IReadOnlyList<JsonNode> AllImages(CliResult result) =>
        [.. result.Json["repositories"]!.AsArray().SelectMany(r => r!["images"]?.AsArray().Select(i => i!) ?? [])];

    public static string Escaped(string text) => JsonSerializer.Serialize(text);
}
