namespace PushPruner.Rules;

/// <summary>What can happen to a manifest that makes it younger.</summary>
public enum ActivityKind
{
    Push,

    /// <summary>It was restored from the archive.</summary>
    Restore,

    /// <summary>It was pushed again under a new tag, which only the index remembers.</summary>
    Promotion,
}
