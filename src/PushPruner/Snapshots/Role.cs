namespace PushPruner.Snapshots;

/// <summary>What a manifest is in its repository, as far as it has to be known to say why it is there.</summary>
public enum Role
{
    /// <summary>Ranked, or not ranked for a reason that a person can see: a doubt, the archive.</summary>
    Image,

    /// <summary>An index names it.</summary>
    Member,

    /// <summary>It refers to a subject, be that here or not.</summary>
    Referrer,

    /// <summary>It was a member, its manifest list is gone, and it has no tag.</summary>
    LeftOver,

    /// <summary>It may be an image, or the part of one that is still being pushed.</summary>
    Unproven,
}
