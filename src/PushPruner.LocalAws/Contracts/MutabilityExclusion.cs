namespace PushPruner.LocalAws;

/// <summary>Tags that match the filter (a wildcard) are of the other mutability.</summary>
public sealed record MutabilityExclusion
{
    public string? FilterType { get; init; }

    public string? Filter { get; init; }
}
