namespace PushPruner.Rules;

/// <summary>
/// What a manifest is to the rule. Only a proven image takes a place in the rank of others: what counts too high deletes too much.
/// </summary>
public abstract record Classification
{
    // ECR opened in December 2015: a push before it is a missing or broken timestamp, not an old image.
    static readonly DateTimeOffset FirstPossiblePush = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan PossibleClockSkew = TimeSpan.FromDays(1);

    Classification()
    {
    }

    /// <summary>An image that takes a place.</summary>
    /// <param name="PushedAt">Decides its rank.</param>
    /// <param name="Kind">It is ranked among those of its kind, see <see cref="Rules.Kind"/>.</param>
    public sealed record Image(DateTimeOffset PushedAt, string Kind) : Classification;

    /// <summary>Kept and not counted, for a reason that is no cause for concern: unproven, archived, member, referrer.</summary>
    public sealed record NotCounted(string Reason) : Classification;

    /// <summary>Kept and not counted because something about it can't be established. Reported, for a person should look.</summary>
    public sealed record Doubtful(string Reason) : Classification;

    /// <summary>Decides what one manifest is, from ECR's answer and what the index remembers.</summary>
    public static Classification Of(KnownManifest known, DateTimeOffset now)
    {
        var manifest = known.Manifest;

        switch (manifest.Status)
        {
            case ManifestStatus.Active:
                break;
            case ManifestStatus.Archived:
                return new NotCounted("archived");
            case ManifestStatus.Activating:
                return new NotCounted("on its way back from the archive");
            default:
                return new Doubtful("its status is unknown");
        }

        if (manifest.PushedAt is not { } pushedAt)
            return new Doubtful("ECR gave no time of its push");
        if (pushedAt < FirstPossiblePush)
            return new Doubtful($"its push time {pushedAt:yyyy-MM-dd} is before ECR existed");
        if (pushedAt > now + PossibleClockSkew)
            return new Doubtful($"its push time {pushedAt:yyyy-MM-dd} is in the future");
        if (!MediaTypes.IsKnown(manifest.MediaType))
            return new Doubtful(manifest.MediaType is null ? "ECR gave no media type" : $"its media type {manifest.MediaType} is unknown");

        if (known.History.IsOfNewerVersion)
            return new Doubtful("what a newer version of PushPruner remembers of it can't be read by this one");

        if (known.IsLagging)
            return new Doubtful("ECR's answer lacks a tag that was recorded a moment ago");
        if (known.IsTooDeep)
            return new Doubtful("more belongs to it than one run can look at");

        // Before all else that it may be: what it names may be anybody's.
        if (MediaTypes.IsManifestList(manifest.MediaType) && known.History.Members is null)
            return new Doubtful("what it names can't be read");
        if (manifest.Subject is not null || ReferrerTag.SubjectsOf(manifest).Count > 0)
            return new NotCounted("referrer");
        if (known.History.Owners.Count > 0)
            return new NotCounted("member");
        if (known.IsFormerReferrer)
            return new NotCounted("a former signature");
        if (!IsProven(known, pushedAt))
            return new NotCounted("not proven to be an image yet");

        return Kind.Of(known) is { } kind ? new Image(pushedAt, kind) : new Doubtful("what it is can't be read");
    }

    // A platform's tag proves nothing by itself: the manifest list that will name the image may not have arrived, or not be read yet.
    static bool IsProven(KnownManifest known, DateTimeOffset pushedAt)
    {
        if (known.History.ProvenFor == pushedAt)
            return true;

        for (var n = 0; n < known.Manifest.Tags.Count; n++)
        {
            var tag = known.Manifest.Tags[n];
            if (!PlatformTag.Is(tag) && !ReferrerTag.NamesAnother(tag, known.Manifest))
                return true;
        }

        return false;
    }
}
