namespace PushPruner.LocalAws;

/// <summary>A call that reached the registry, whatever became of it.</summary>
public sealed record RegistryCall
{
    /// <summary>1 for the first.</summary>
    public required long Number { get; init; }

    public required string RequestId { get; init; }

    public required string Operation { get; init; }

    public required string? Repository { get; init; }

    /// <summary>How many images (or repositories) it names.</summary>
    public required int IdCount { get; init; }

    public required DateTimeOffset At { get; init; }
}
