using System.Text.Json.Serialization;

namespace PushPruner.Cli.Replay;

/// <summary>A line of a history: <c>{"at":"2026-03-01T08:15:00Z","repository":"web","tag":"1.0.1","bytes":52428800}</c>.</summary>
sealed record HistoryLine
{
    [JsonPropertyName("at")]
    public DateTimeOffset? At { get; init; }

    [JsonPropertyName("repository")]
    public string? Repository { get; init; }

    [JsonPropertyName("tag")]
    public string? Tag { get; init; }

    /// <summary>Several tags of one push, instead of <see cref="Tag"/>.</summary>
    [JsonPropertyName("tags")]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Names the content, so that a later line can push the same again.</summary>
    [JsonPropertyName("image")]
    public string? Image { get; init; }

    [JsonPropertyName("bytes")]
    public long? Bytes { get; init; }
}
