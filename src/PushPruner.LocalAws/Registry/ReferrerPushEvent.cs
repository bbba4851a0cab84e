namespace PushPruner.LocalAws;

/// <summary>The detail-type of the push of a manifest with a subject. Only the restore of one is documented.</summary>
public enum ReferrerPushEvent
{
    ImageAction,
    ReferrerAction,
}
