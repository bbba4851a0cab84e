namespace PushPruner.Rules;

/// <summary>One manifest as the rule sees it: ECR's word, and what the index remembers beside it.</summary>
public sealed record Fact(Manifest Manifest, Memory Memory)
{
    public Digest Digest => Manifest.Digest;
}
