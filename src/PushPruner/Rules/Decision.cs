using System.Globalization;
using PushPruner.Policies;

namespace PushPruner.Rules;

/// <summary>One decision: first what each manifest is, then the images by rank and age, then what follows them.</summary>
sealed class Decision(
    RetentionPolicy policy, DateTimeOffset now, KnownManifests facts, Scope scope, IReadOnlySet<Digest> gone, UnreadableList? knownUnreadable)
{
    readonly Ownership ownership = Ownership.Among(facts, scope, gone);

    // Doubt about what a manifest list names is doubt about every untagged manifest that it may name.
    readonly UnreadableList? unreadable =
        UnreadableList.Wider(knownUnreadable, UnreadableList.WidestOf(facts.Rows.Select(row => row.Known), policy.SettleTime));

    /// <summary>Gives each fact its verdict.</summary>
    public void Decide()
    {
        var images = new Dictionary<string, List<(long PushedAt, KnownManifests.Row Row)>>(StringComparer.Ordinal);
        var followers = new List<KnownManifests.Row>();
        foreach (var row in facts.Rows)
        {
            var fact = row.Known;
            switch (StandingOf(fact))
            {
                case Classification.Image image:
                    (images.TryGetValue(image.Kind, out var kind) ? kind : images[image.Kind] = []).Add((image.PushedAt.UtcTicks, row));
                    break;
                case Classification.Doubtful doubt:
                    row.Verdict = Doubt(fact, doubt.Reason) with { IsFollower = ownership.IsOwned(fact.Digest) };
                    break;
                case Classification.NotCounted other when fact.Manifest.Status != ManifestStatus.Active:
                    row.Verdict = Keep(fact, other.Reason) with { IsFollower = ownership.IsOwned(fact.Digest) };
                    break;
                case Classification.NotCounted when ownership.IsOwned(fact.Digest):
                    followers.Add(row);
                    break;
                case Classification.NotCounted other:
                    row.Verdict = JudgeOwnerless(fact, other.Reason);
                    break;
            }
        }

        foreach (var (kind, ofKind) in images)
            JudgeImages(kind, ofKind);
        new FollowerVerdicts(facts, ownership, gone).Give(followers);
    }

    Classification StandingOf(KnownManifest fact)
    {
        var isOwned = ownership.IsOwned(fact.Digest);
        // What the index remembers of owners that are gone is beside the point.
        var isByItself = isOwned || fact.History.Owners.Count == 0;
        var standing = Classification.Of(isByItself ? fact : fact with { History = fact.History with { Owners = DigestSet.Empty } }, now);
        if (standing is Classification.Doubtful || fact.Manifest.Status != ManifestStatus.Active)
            return standing;
        if (isOwned)
            return new Classification.NotCounted("owned");
        if (fact.IsFormerReferrer)
            return new Classification.NotCounted("a former signature");
        if (fact.IsLeftOver)
            return new Classification.NotCounted("left over");
        return fact.Manifest.Subject is null && DoubtBeside(fact) is { } doubt ? new Classification.Doubtful(doubt) : standing;
    }

    string? DoubtBeside(KnownManifest fact) =>
        unreadable?.MayName(fact.Manifest) == true ? $"it may be a part of {unreadable.Digest}, which can't be read" : null;

    void JudgeImages(string kind, List<(long PushedAt, KnownManifests.Row Row)> images)
    {
        images.Sort(static (a, b) => b.PushedAt.CompareTo(a.PushedAt) is not 0 and var byTime ? byTime : a.Row.Known.Digest.CompareTo(b.Row.Known.Digest));
        for (var rank = 0; rank < images.Count; rank++)
            images[rank].Row.Verdict = JudgeImage(images[rank].Row.Known, rank, kind) with { Rank = rank, Kind = kind };
    }

    Verdict JudgeImage(KnownManifest fact, int rank, string kind)
    {
        var group = GroupOf(fact);
        var age = AgeOf(group);
        var among = kind == Kind.Image ? "" : $" in {LoggedText.Of(kind)}";
        if ((group.Protection ?? Newest(rank, among) ?? Young(age) ?? Used(group)) is { } kept)
            return Keep(fact, kept) with { Group = group };

        var orMore = scope == Scope.PartOfRepository ? " or more" : "";
        var reason = string.Create(CultureInfo.InvariantCulture, $"rank {rank}{orMore}{among}, {Days(age, Math.Ceiling)}");
        return ExpireUnlessExempt(fact, group, reason) with { Group = group };
    }

    string? Newest(int rank, string among) =>
        rank < policy.KeepNewest ? string.Create(CultureInfo.InvariantCulture, $"rank {rank} of {policy.KeepNewest}{among}") : null;

    // What only an exemption keeps counts as expired against a halt.
    static Verdict ExpireUnlessExempt(KnownManifest fact, ImageGroup group, string reason)
    {
        if (group.IsSpared)
            return Keep(fact, "named by the event being handled") with { IsExempt = true };

        return group.Doubt is { } doubt ? Doubt(fact, doubt) with { IsExempt = true } : new Verdict(fact.Manifest, IsExpired: true, reason);
    }

    // What nothing owns and yet is no image: a referrer whose subject is gone, or a part that its index left over. Only a full listing shows it.
    Verdict JudgeOwnerless(KnownManifest fact, string reason)
    {
        // People keep the signatures of one repository in another: by its tag alone a referrer is lone only where its subject was once here.
        var isLoneReferrer = ownership.IsLone(fact.Digest)
            && (fact.Manifest.Subject is not null || fact.History.HasLostSubject || ReferrerTag.SubjectsOf(fact.Manifest).Any(gone.Contains));
        if (!isLoneReferrer && !fact.IsLeftOver)
            return Keep(fact, reason);

        var group = GroupOf(fact);
        var age = AgeOf(group);
        var what = isLoneReferrer ? "a referrer whose subject is gone" : "a part whose index is gone";
        var kept = group.Protection ?? Young(age) ?? Used(group);
        if ((group.Doubt ?? DoubtBeside(fact)) is { } doubt)
            return Doubt(fact, doubt) with { IsExempt = kept is null };

        return kept is not null ? Keep(fact, kept) : ExpireUnlessExempt(fact, group, $"{what}, {Days(age, Math.Ceiling)}");
    }

    ImageGroup GroupOf(KnownManifest root)
    {
        // Most have none. What stands in doubt itself, or isn't active, was judged before anything asks for its group.
        if (!ownership.HasFollowers(root.Digest))
            return ImageGroup.Of(policy, root, doubt: null);

        var all = FactsOf(ownership.GroupOf(root.Digest));
        return ImageGroup.Of(policy, ownership.HasNoReferrers ? all : FactsOf(ownership.PartsOf(root.Digest)), all, now);
    }

    List<KnownManifest> FactsOf(IReadOnlyCollection<Digest> digests)
    {
        var these = new List<KnownManifest>(digests.Count);
        foreach (var digest in digests)
            these.Add(facts[digest].Known);
        return these;
    }

    TimeSpan AgeOf(ImageGroup group) => group.ActiveAt > now ? TimeSpan.Zero : now - group.ActiveAt;

    string? Young(TimeSpan age) => age <= policy.KeepFor ? Days(age, Math.Floor) : null;

    string? Used(ImageGroup group) =>
        group.UsedUntil(policy, now) is { } until && now <= until ? string.Create(CultureInfo.InvariantCulture, $"pulled {group.UsedAt:yyyy-MM-dd}, kept until {until:yyyy-MM-dd}") : null;

    static Verdict Keep(KnownManifest fact, string reason) => new(fact.Manifest, IsExpired: false, reason);

    static Verdict Doubt(KnownManifest fact, string reason) => new(fact.Manifest, IsExpired: false, $"in doubt: {reason}") { IsDoubt = true };

    // Kept is rounded down and expired up, so that no reason reads as if the rule were off by one.
    static string Days(TimeSpan age, Func<double, double> round) => round(age.TotalDays * 10) is > 0 and var tenths
        ? string.Create(CultureInfo.InvariantCulture, $"{tenths / 10:F1} days old")
        : "less than 0.1 days old";
}
