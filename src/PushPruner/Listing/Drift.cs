namespace PushPruner.Listing;

/// <summary>How far the index was from ECR's answer, in manifests: what the events had missed.</summary>
/// <param name="Missing">In ECR without a row.</param>
/// <param name="Phantom">A row without a manifest.</param>
/// <param name="Stale">A row that differed.</param>
public sealed record Drift(int Missing, int Phantom, int Stale)
{
    public static Drift None { get; } = new(0, 0, 0);
}
