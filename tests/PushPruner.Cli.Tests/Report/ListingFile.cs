using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushPruner.Cli.Tests.Report;

/// <summary>What <c>aws ecr describe-images</c> printed, made up.</summary>
sealed class ListingFile
{
    public const string At = "2026-06-01T12:00:00Z";

    public const string Index = "application/vnd.oci.image.index.v1+json";

    const string Image = "application/vnd.oci.image.manifest.v1+json";

    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    readonly JsonArray details = [];

    /// <summary>The newest has number 1, and is as many days old as are between two.</summary>
    public static ListingFile Of(string repository, int images, double daysBetween = 10, long bytes = 1_000_000_000)
    {
        var listing = new ListingFile();
        for (var n = 1; n <= images; n++)
            listing.Has(repository, n * daysBetween, bytes, $"v{n}");
        return listing;
    }

    public ListingFile Has(string repository, double daysOld, long bytes, params string[] tags) =>
        HasOf(Image, repository, daysOld, bytes, tags);

    /// <summary>The hex of the manifest before which so many were added.</summary>
    public static string HexOf(string repository, int number) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{repository} {number}")));

    public ListingFile HasOf(string mediaType, string repository, double daysOld, long bytes, params string[] tags)
    {
        var digest = HexOf(repository, details.Count);
        details.Add(new JsonObject
        {
            ["registryId"] = "123456789012",
            ["repositoryName"] = repository,
            ["imageDigest"] = $"sha256:{digest}",
            ["imageTags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]),
            ["imageSizeInBytes"] = bytes,
            ["imagePushedAt"] = Noon.AddDays(-daysOld).ToString("O", CultureInfo.InvariantCulture),
            ["imageManifestMediaType"] = mediaType,
        });
        return this;
    }

    public override string ToString() => JsonSerializer.Serialize(new JsonObject { ["imageDetails"] = details.DeepClone() });
}
