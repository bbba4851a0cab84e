namespace PushPruner.Cli.Explain;

/// <summary>The answer in words.</summary>
sealed class Sentences(RepositorySnapshot snapshot)
{
    const int ShortDigest = 19;

    RetentionPolicy Policy => snapshot.Policy;

    /// <summary>"kept: rank 6 of 10, 12.4 days old; goes when 4 more images are pushed and it is past 2026-12-19 14:03 UTC".</summary>
    public string Answer(Explanation e) => e.KeepsEverything is { } why ? $"kept: {why}; but for that it is {Judged(e)}" : Judged(e);

    /// <summary>Of a manifest a name that can be asked for again.</summary>
    public static string Name(Manifest manifest) =>
        manifest.Tags.Count == 0 ? Short(manifest.Digest) : $"{TagList.Of(manifest)} ({Short(manifest.Digest)})";

    public static string Short(Digest digest) => digest.Value.Length > ShortDigest ? digest.Value[..ShortDigest] : digest.Value;

    /// <summary>What its age counts from, where that isn't its own push; null where it is.</summary>
    public static string? Youth(Explanation e)
    {
        if (e.Youngest is not { } youngest || (youngest.Digest == e.Manifest.Digest && youngest.Activity.Kind == ActivityKind.Push))
            return null;

        var whose = youngest.Digest == e.Manifest.Digest ? "its" : $"its member {Short(youngest.Digest)}'s";
        var what = youngest.Activity.Kind switch
        {
            ActivityKind.Push => "push",
            ActivityKind.Restore => "restore from the archive",
            _ => "promotion",
        };
        return $"counts from {whose} {what} on {TimeText.At(youngest.Activity.At)}";
    }

    public string Judged(Explanation e) => e switch
    {
        { Follows: [var one] } => $"{Word(e)}: {Kin(e, one)} {Judged(one)}",
        { Follows.Count: > 1 } => Word(e) == "kept"
            ? $"kept: {Part(e)} of {TextFormat.Images(e.Follows.Count)}, and stays as long as any of them does"
            : $"expired: {Part(e)} of {TextFormat.Images(e.Follows.Count)}, which are all expired; goes with the last of them",
        { Forecast: { } forecast } => Measured(e, forecast),
        { Verdict.IsDoubt: true } => $"kept: {e.Verdict.Reason}; {WayOut(e)}",
        { Role: Role.Unproven } => Unproven(e),
        { Manifest.Status: ManifestStatus.Archived } =>
            "kept: it is in the archive, and so is neither counted nor deleted; restored, its age counts from then on",
        { Manifest.Status: ManifestStatus.Activating } => "kept: it is on its way back from the archive, and its age counts from then on",
        { Role: Role.Referrer, Manifest.Tags: [] } =>
            $"kept: {e.Verdict.Reason}, whose subject isn't known any more; delete it by hand if nobody needs it",
        { Role: Role.Referrer } =>
            "kept: it refers to something that isn't in this repository, and isn't known to have been: people keep the signatures of "
                + "one repository in another; delete it by hand if nobody needs it",
        _ => $"{Word(e)}: {e.Verdict.Reason}",
    };

    static string Word(Explanation e) => e.Verdict.IsExpired ? "expired" : "kept";

    static string Kin(Explanation e, Explanation one) =>
        e.Owners.Contains(one.Manifest.Digest) && (e.Role == Role.Member || e.Owners.Count == 1)
            ? $"{Part(e)} of {Name(one.Manifest)}, which is"
            : $"{Part(e)} of a part of {Name(one.Manifest)}, which is";

    static string Part(Explanation e) => e.Role == Role.Referrer ? "a referrer" : "a member";

    string Measured(Explanation e, ExpiryForecast forecast)
    {
        if (forecast.IsOver)
            return $"expired: {e.Verdict.Reason}; {GoesWith(e)}";
        if (forecast.EndsByItself)
            return $"kept: {Reasons(e)}; {Goes(forecast)}";

        var holds = new List<string>();
        if (forecast.Protection is { } protection)
            holds.Add($"as long as {protection}");
        if (forecast.Doubt is { } doubt)
            holds.Add($"as long as it is in doubt: {doubt}");
        var otherwise = forecast with { Protection = null, Doubt = null };
        var verdict = otherwise.IsOver ? $"expired: {Reasons(e)}" : $"kept: {Reasons(e)}, and {Goes(otherwise)}";
        return $"kept: {string.Join(", and ", holds)}; but for that it would be {verdict}";
    }

    // What there is of the two windows and of the last use, whether it keeps by itself or not.
    string Reasons(Explanation e)
    {
        var group = e.Group!;
        var reasons = new List<string>();
        if (e.Verdict.Rank is { } rank)
        {
            reasons.Add(
                rank < Policy.KeepNewest
                    ? $"rank {TextFormat.Number(rank)} of {TextFormat.Number(Policy.KeepNewest)}"
                    : $"rank {TextFormat.Number(rank)}");
        }
        else
        {
            reasons.Add(e.Role == Role.LeftOver ? "a part whose index is gone" : "a referrer whose subject is gone");
        }

        reasons.Add($"{TimeText.Age(group.ActiveAt > snapshot.At ? TimeSpan.Zero : snapshot.At - group.ActiveAt)} old");
        if (group.UsedUntil(Policy, snapshot.At) is { } until && snapshot.At <= until)
            reasons.Add($"pulled {TimeText.At(group.UsedAt!.Value)}");
        return string.Join(", ", reasons);
    }

    static string Goes(ExpiryForecast forecast)
    {
        var more = TextFormat.Count(forecast.NewerImages, "more image is pushed", "more images are pushed");
        return forecast switch
        {
            { NewerImages: 0, After: { } after } => $"goes after {TimeText.After(after)}",
            { After: { } after } => $"goes when {more} and it is past {TimeText.After(after)}",
            _ => $"goes when {more}",
        };
    }

    // A push finds what the table has filed: what was ever tagged, and what a reconcile has proven.
    static string GoesWith(Explanation e) => e switch
    {
        { Verdict.Rank: null } => "goes with the next reconcile",
        { Manifest.Tags: [] } => "goes with the next reconcile, or with the next push to the repository if it was ever tagged",
        _ => "goes with the next push to the repository or the next reconcile",
    };

    static string Unproven(Explanation e) =>
        e.Unreadable is [var index, ..]
            ? $"kept: it isn't proven to be an image, and can't be as long as {Short(index)} can't be read, which may name it"
            : $"kept: it isn't proven to be an image yet, an index that names it may be on its way; a reconcile after "
                + $"{TimeText.After(e.ProvenAfter!.Value)} counts it as one if there is none";

    string WayOut(Explanation e)
    {
        if (e.Manifest.Status == ManifestStatus.Unknown)
            return "a newer version of PushPruner may know it";
        if (e.Unreadable is [var unreadable, ..])
        {
            var it = unreadable == e.Manifest.Digest ? "it" : unreadable.Value;
            return $"no time settles that: {HowToRead(snapshot.Manifests[unreadable].Manifest, it)}";
        }

        return e.Verdict.IsFollower
            ? "no time settles that: delete one of those that own each other by hand, if nobody needs it"
            : "no time settles that: look at it, and delete it by hand if nobody needs it";
    }

    static string HowToRead(Manifest manifest, string it) =>
        MediaTypes.IsManifestList(manifest.MediaType)
            ? $"see whether ecr:BatchGetImage is allowed, and whether {it} is well-formed and names at most 2,000 manifests; or delete "
                + $"it by hand"
            : $"look at {it}, and delete it by hand if nobody needs it, or use a newer version of PushPruner, which may know its type";
}
