using PushPruner.Cli.Layers;

namespace PushPruner.Cli.Saved;

/// <summary>What saved answers of ECR say of one registry.</summary>
/// <param name="Repositories">The manifests of each repository, each once.</param>
/// <param name="Texts">Exact texts of manifests, as far as they were saved too.</param>
/// <param name="RegistryId">The account; null when nothing told.</param>
/// <param name="Scattered">Repositories out of more than one file: what was deleted between the two is there all the same.</param>
/// <param name="IsZoneMissing">True when a time had no zone, and was read as UTC.</param>
sealed record SavedListing(
    IReadOnlyDictionary<string, IReadOnlyDictionary<Digest, Manifest>> Repositories,
    IReadOnlyDictionary<Digest, string> Texts,
    string? RegistryId,
    IReadOnlyList<string> Scattered,
    bool IsZoneMissing)
{
    /// <summary>As what get-account-setting printed says, if that was given too.</summary>
    public BlobMounting BlobMounting { get; init; }

    /// <summary>Manifests whose media type the listing doesn't have.</summary>
    public int WithoutMediaType => Repositories.Values.Sum(manifests => manifests.Values.Count(m => m.MediaType is null));
}
