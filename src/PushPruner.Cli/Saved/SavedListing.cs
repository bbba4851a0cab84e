namespace PushPruner.Cli.Saved;

/// <summary>What saved answers of ECR say of one registry.</summary>
/// <param name="Repositories">The manifests of each repository, each once.</param>
/// <param name="Texts">Exact texts of manifests, as far as they were saved too.</param>
/// <param name="RegistryId">The account; null when nothing told.</param>
/// <param name="Scattered">Repositories out of more than one file: what was deleted between the two is there all the same.</param>
/// <param name="IsZoneMissing">True when a time had no zone, and was read as UTC.</param>
sealed record SavedListing(
    IReadOnlyDictionary<string, IReadOnlyDictionary<Digest, Manifest>> Repositories, IReadOnlyDictionary<Digest, string> Texts, string? RegistryId, IReadOnlyList<string> Scattered, bool IsZoneMissing);
