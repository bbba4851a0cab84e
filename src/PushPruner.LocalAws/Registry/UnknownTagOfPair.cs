namespace PushPruner.LocalAws;

/// <summary>The failure of a (digest, tag) pair whose tag exists nowhere. Not documented.</summary>
public enum UnknownTagOfPair
{
    ImageNotFound,
    ImageTagDoesNotMatchDigest,
}
