using System.Text.Json.Serialization;

namespace PushPruner.LocalAws;

/// <summary>A resource tag of a repository. On the wire its keys begin with a capital, unlike all others.</summary>
public sealed record ResourceTag
{
    [JsonPropertyName("Key")]
    public string? Key { get; init; }

    [JsonPropertyName("Value")]
    public string? Value { get; init; }
}
