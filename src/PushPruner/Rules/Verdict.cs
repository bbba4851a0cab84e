namespace PushPruner.Rules;

/// <summary>What the rule says of one manifest, and why.</summary>
/// <param name="IsExpired">False keeps it.</param>
/// <param name="Reason">For people: "rank 3 of 10", "12.4 days old", "tag latest matches latest".</param>
public sealed record Verdict(Manifest Manifest, bool IsExpired, string Reason)
{
    public Digest Digest => Manifest.Digest;

    /// <summary>How many of the manifests given are newer images of its kind; null if it takes no place.</summary>
    public int? Rank { get; init; }

    /// <summary>The kind that it is ranked among, see <see cref="Rules.Kind"/>; null for what takes no place.</summary>
    public string? Kind { get; init; }

    /// <summary>
    /// Kept by nothing but an exemption: the event being handled names its group, or a part of the group is in doubt. It counts against
    /// <c>MAX_DELETES</c> like an expired one, so that no event gets around a halt.
    /// </summary>
    public bool IsExempt { get; init; }

    /// <summary>Of an image: what it and all that is kept and deleted together with it say.</summary>
    public ImageGroup? Group { get; init; }

    /// <summary>A member or a referrer: it shares the fate of what owns it, and is not counted beside it.</summary>
    public bool IsFollower { get; init; }

    /// <summary>Kept only because something about it can't be established.</summary>
    public bool IsDoubt { get; init; }
}
