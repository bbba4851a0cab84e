namespace PushPruner.Rules;

/// <summary>One manifest as the rule sees it: ECR's answer, and what the index remembers.</summary>
public sealed record KnownManifest(Manifest Manifest, ManifestHistory History)
{
    public Digest Digest => Manifest.Digest;

    /// <summary>A signature whose tag has moved on to a newer one: untagged, and no image.</summary>
    public bool IsFormerReferrer => History.WasReferrer && Manifest.Tags.Count == 0 && Manifest.Subject is null;

    /// <summary>It was a member of a manifest list, and has no tag: without a list that owns it, it is no image.</summary>
    public bool IsLeftOver => !IsFormerReferrer && Manifest.Tags.Count == 0 && (History.WasMember || History.Owners.Count > 0);

    /// <summary>True if it is not known what it names: a manifest list that can't be read, or a manifest of an unknown type.</summary>
    public bool IsUnreadable =>
        !MediaTypes.IsKnown(Manifest.MediaType) || (MediaTypes.IsManifestList(Manifest.MediaType) && History.Members is null);

    /// <summary>
    /// True when the index recorded a tag of it a moment ago, and ECR's answer doesn't show it yet: that answer is older than the index.
    /// <see cref="Manifest"/> has the tag all the same.
    /// </summary>
    public bool IsLagging { get; init; }

    /// <summary>
    /// True for what is owned through so many levels, or beside so much else, that no run looked at what it owns in turn.
    /// </summary>
    public bool IsTooDeep { get; init; }

    /// <summary>
    /// True for the manifest that the event being handled names: it is never deleted by that event, nor what is kept and deleted together
    /// with it.
    /// </summary>
    public bool IsSpared { get; init; }
}
