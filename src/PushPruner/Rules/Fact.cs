namespace PushPruner.Rules;

/// <summary>One manifest as the rule sees it: ECR's word, and what the index remembers beside it.</summary>
public sealed record Fact(Manifest Manifest, Memory Memory)
{
    public Digest Digest => Manifest.Digest;

    /// <summary>True for the manifest that the event being handled names: it is never deleted by that event, nor what it lives and dies with.</summary>
    public bool IsSpared { get; init; }
}
