namespace PushPruner.Cli.Snapshots;

/// <summary>Of a registry what is known of where it is; null for what isn't.</summary>
sealed record RegistryPlace(string? Account, string? Region);
