using System.Text.Json.Serialization;

namespace PushPruner.LocalAws;

public sealed record PutImageCall : EcrCall<PutImageAnswer>
{
    public override string Operation => "PutImage";

    /// <summary>The exact text of the manifest; the digest is the hash of its bytes.</summary>
    public string? ImageManifest { get; init; }

    /// <summary>Needed when the manifest has no mediaType.</summary>
    public string? ImageManifestMediaType { get; init; }

    public string? ImageTag { get; init; }

    /// <summary>When given, it must be the digest of the manifest.</summary>
    public string? ImageDigest { get; init; }

    internal override int IdCount => 1;

    internal override PutImageAnswer Apply(LocalRegistry registry) => registry.Apply(this);
}

public sealed record PutImageAnswer
{
    public required ImageRecord Image { get; init; }

    [JsonIgnore]
    public string Digest => Image.ImageId.ImageDigest!;

    /// <summary>The event that the push sent; null if an option says that it sends none. Never on the wire.</summary>
    [JsonIgnore]
    public RegistryEvent? Event { get; init; }
}
