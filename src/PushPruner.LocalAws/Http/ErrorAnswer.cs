using System.Text.Json.Serialization;

namespace PushPruner.LocalAws;

/// <summary>The body of an error: no modelled exception of ECR's has more than a message.</summary>
sealed record ErrorAnswer
{
    [JsonPropertyName("__type")]
    public required string Type { get; init; }

    public string? Message { get; init; }
}
