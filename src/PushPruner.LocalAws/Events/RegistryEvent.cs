namespace PushPruner.LocalAws;

/// <summary>An event as EventBridge hands it to a target.</summary>
public sealed record RegistryEvent
{
    public required string Id { get; init; }

    /// <summary>"ECR Image Action", "ECR Replication Action" or "ECR Referrer Action".</summary>
    public required string DetailType { get; init; }

    /// <summary>PUSH, DELETE, REPLICATE or UPDATE_STORAGE_CLASS.</summary>
    public required string ActionType { get; init; }

    public required string Repository { get; init; }

    public required string Digest { get; init; }

    /// <summary>Null when untagged; in the text it is an empty string then.</summary>
    public required string? Tag { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The exact text that a target receives.</summary>
    public required string Json { get; init; }
}
