using System.Text.Json.Serialization;

namespace PushPruner.LocalAws;

public sealed record PutImageAnswer
{
    public required ImageRecord Image { get; init; }

    [JsonIgnore]
    public string Digest => Image.ImageId.ImageDigest!;

    /// <summary>The event that the push sent; null where an option says that it sends none. Never on the wire.</summary>
    [JsonIgnore]
    public RegistryEvent? Event { get; init; }
}
