using System.Globalization;

namespace PushPruner.Rules;

/// <summary>One decision: first what each manifest is, then the images by rank and age, then what follows them.</summary>
sealed class Decision(
    RetentionPolicy policy,
    DateTimeOffset now,
    KnownManifests knownManifests,
    Scope scope,
    IReadOnlySet<Digest> gone,
    UnreadableList? knownUnreadable)
{
    readonly Ownership ownership = Ownership.Among(knownManifests, scope, gone);

    // Doubt about what a manifest list names is doubt about every untagged manifest that it may name.
    readonly UnreadableList? unreadable =
        UnreadableList.Wider(knownUnreadable, UnreadableList.WidestOf(knownManifests.Rows.Select(row => row.Known), policy.SettleTime));

    /// <summary>Gives each manifest its verdict.</summary>
    public void Decide()
    {
        var images = new Dictionary<string, List<(long PushedAt, KnownManifests.Row Row)>>(StringComparer.Ordinal);
        var followers = new List<KnownManifests.Row>();
        foreach (var row in knownManifests.Rows)
        {
            var known = row.Known;
            switch (ClassificationOf(known))
            {
                case Classification.Image image:
                    (images.TryGetValue(image.Kind, out var kind) ? kind : images[image.Kind] = []).Add((image.PushedAt.UtcTicks, row));
                    break;
                case Classification.Doubtful doubt:
                    row.Verdict = Doubt(known, doubt.Reason) with { IsFollower = ownership.IsOwned(known.Digest) };
                    break;
                case Classification.NotCounted other when known.Manifest.Status != ManifestStatus.Active:
                    row.Verdict = Keep(known, other.Reason) with { IsFollower = ownership.IsOwned(known.Digest) };
                    break;
                case Classification.NotCounted when ownership.IsOwned(known.Digest):
                    followers.Add(row);
                    break;
                case Classification.NotCounted other:
                    row.Verdict = JudgeOwnerless(known, other.Reason);
                    break;
            }
        }

        foreach (var (kind, ofKind) in images)
            JudgeImages(kind, ofKind);
        new FollowerVerdicts(knownManifests, ownership, gone).Give(followers);
    }

    Classification ClassificationOf(KnownManifest known)
    {
        var isOwned = ownership.IsOwned(known.Digest);
        // Owners that are gone don't count, although the index remembers them.
        var hasOnlyGoneOwners = !isOwned && known.History.Owners.Count > 0;
        var classification = Classification.Of(
            hasOnlyGoneOwners ? known with { History = known.History with { Owners = DigestSet.Empty } } : known, now);
        if (classification is Classification.Doubtful || known.Manifest.Status != ManifestStatus.Active)
            return classification;
        if (isOwned)
            return new Classification.NotCounted("owned");
        if (known.IsFormerReferrer)
            return new Classification.NotCounted("a former signature");
        if (known.IsLeftOver)
            return new Classification.NotCounted("left over");
        return known.Manifest.Subject is null && DoubtBeside(known) is { } doubt ? new Classification.Doubtful(doubt) : classification;
    }

    string? DoubtBeside(KnownManifest known) =>
        unreadable?.MayName(known.Manifest) == true ? $"it may be a part of {unreadable.Digest}, which can't be read" : null;

    void JudgeImages(string kind, List<(long PushedAt, KnownManifests.Row Row)> images)
    {
        images.Sort(
            static (a, b) =>
                b.PushedAt.CompareTo(a.PushedAt) is not 0 and var byTime ? byTime : a.Row.Known.Digest.CompareTo(b.Row.Known.Digest));
        for (var rank = 0; rank < images.Count; rank++)
            images[rank].Row.Verdict = JudgeImage(images[rank].Row.Known, rank, kind) with { Rank = rank, Kind = kind };
    }

    Verdict JudgeImage(KnownManifest known, int rank, string kind)
    {
        var group = GroupOf(known);
        var age = AgeOf(group);
        var among = kind == Kind.Image ? "" : $" in {SafeText.Of(kind)}";
        if ((group.Protection ?? Newest(rank, among) ?? Young(age) ?? Used(group)) is { } kept)
            return Keep(known, kept) with { Group = group };

        var orMore = scope == Scope.PartOfRepository ? " or more" : "";
        var reason = string.Create(CultureInfo.InvariantCulture, $"rank {rank}{orMore}{among}, {Days(age, Math.Ceiling)}");
        return ExpireUnlessExempt(known, group, reason) with { Group = group };
    }

    string? Newest(int rank, string among) =>
        rank < policy.KeepNewest ? string.Create(CultureInfo.InvariantCulture, $"rank {rank} of {policy.KeepNewest}{among}") : null;

    // What only an exemption keeps counts as expired against a halt.
    static Verdict ExpireUnlessExempt(KnownManifest known, ImageGroup group, string reason)
    {
        if (group.IsSpared)
            return Keep(known, "named by the event being handled") with { IsExempt = true };

        return group.Doubt is { } doubt
            ? Doubt(known, doubt) with
            {
                IsExempt = true,
            }
            : new Verdict(known.Manifest, IsExpired: true, reason);
    }

    // What nothing owns and yet is no image: a referrer whose subject is gone, or a part that its index left over. Only a full listing
    // shows it.
    Verdict JudgeOwnerless(KnownManifest known, string reason)
    {
        // People keep the signatures of one repository in another: by its tag alone a referrer is lone only where its subject was once
        // here.
        var isLoneReferrer =
            ownership.IsLone(known.Digest)
            && (
                known.Manifest.Subject is not null
                || known.History.HasLostSubject
                || ReferrerTag.SubjectsOf(known.Manifest).Any(gone.Contains));
        if (!isLoneReferrer && !known.IsLeftOver)
            return Keep(known, reason);

        var group = GroupOf(known);
        var age = AgeOf(group);
        var what = isLoneReferrer ? "a referrer whose subject is gone" : "a part whose index is gone";
        var kept = group.Protection ?? Young(age) ?? Used(group);
        if ((group.Doubt ?? DoubtBeside(known)) is { } doubt)
            return Doubt(known, doubt) with { IsExempt = kept is null };

        return kept is not null ? Keep(known, kept) : ExpireUnlessExempt(known, group, $"{what}, {Days(age, Math.Ceiling)}");
    }

    ImageGroup GroupOf(KnownManifest root)
    {
        // Most have none. A manifest that is itself in doubt, or isn't active, has its verdict before anything asks for its group.
        if (!ownership.HasFollowers(root.Digest))
            return ImageGroup.Of(policy, root, doubt: null);

        var all = ManifestsOf(ownership.GroupOf(root.Digest));
        return ImageGroup.Of(policy, ownership.HasNoReferrers ? all : ManifestsOf(ownership.PartsOf(root.Digest)), all, now);
    }

    List<KnownManifest> ManifestsOf(IReadOnlyCollection<Digest> digests)
    {
        var these = new List<KnownManifest>(digests.Count);
        foreach (var digest in digests)
            these.Add(knownManifests[digest].Known);
        return these;
    }

    TimeSpan AgeOf(ImageGroup group) => group.ActiveAt > now ? TimeSpan.Zero : now - group.ActiveAt;

    string? Young(TimeSpan age) => age <= policy.KeepFor ? Days(age, Math.Floor) : null;

    string? Used(ImageGroup group) =>
        group.UsedUntil(policy, now) is { } until && now <= until
            ? string.Create(CultureInfo.InvariantCulture, $"pulled {group.UsedAt:yyyy-MM-dd}, kept until {until:yyyy-MM-dd}")
            : null;

    static Verdict Keep(KnownManifest known, string reason) => new(known.Manifest, IsExpired: false, reason);

    static Verdict Doubt(KnownManifest known, string reason) =>
        new(known.Manifest, IsExpired: false, $"in doubt: {reason}") { IsDoubt = true };

    // Kept is rounded down and expired up, so that no reason reads as if the rule were off by one.
    static string Days(TimeSpan age, Func<double, double> round) => round(age.TotalDays * 10) is > 0 and var tenths
        ? string.Create(CultureInfo.InvariantCulture, $"{tenths / 10:F1} days old")
        : "less than 0.1 days old";
}
