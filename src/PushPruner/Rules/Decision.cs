using System.Globalization;
using PushPruner.Policies;

namespace PushPruner.Rules;

/// <summary>One decision: first what each manifest is, then the images by rank and age, then what follows them.</summary>
sealed class Decision(RetentionPolicy policy, DateTimeOffset now, FactTable facts, Scope scope, IReadOnlySet<Digest> gone, Digest? knownUnreadable)
{
    readonly Ownership ownership = Ownership.Among(facts, scope, gone);

    // Doubt about what an index names is doubt about every untagged manifest: it may name any of them.
    readonly Digest? unreadable = knownUnreadable ?? facts.Rows
        .Where(row => row.Fact.IsUnreadable)
        .Select(row => (Digest?)row.Fact.Digest)
        .Min();

    /// <summary>Gives each fact its verdict.</summary>
    public void Decide()
    {
        var images = new List<(long PushedAt, FactTable.Row Row)>();
        var followers = new List<FactTable.Row>();
        foreach (var row in facts.Rows)
        {
            var fact = row.Fact;
            switch (StandingOf(fact))
            {
                case Standing.Image image:
                    images.Add((image.PushedAt.UtcTicks, row));
                    break;
                case Standing.Doubtful doubt:
                    row.Verdict = Doubt(fact, doubt.Reason) with { IsFollower = ownership.IsOwned(fact.Digest) };
                    break;
                case Standing.NotCounted other when fact.Manifest.Status != ManifestStatus.Active:
                    row.Verdict = Keep(fact, other.Reason) with { IsFollower = ownership.IsOwned(fact.Digest) };
                    break;
                case Standing.NotCounted when ownership.IsOwned(fact.Digest):
                    followers.Add(row);
                    break;
                case Standing.NotCounted other:
                    row.Verdict = JudgeOwnerless(fact, other.Reason);
                    break;
            }
        }

        JudgeImages(images);
        JudgeFollowers(followers);
    }

    Standing StandingOf(Fact fact)
    {
        var isOwned = ownership.IsOwned(fact.Digest);
        // What the index remembers of owners that are gone is beside the point.
        var isByItself = isOwned || fact.Memory.Owners.Count == 0;
        var standing = Standing.Of(isByItself ? fact : fact with { Memory = fact.Memory with { Owners = DigestSet.Empty } }, now);
        if (standing is Standing.Doubtful || fact.Manifest.Status != ManifestStatus.Active)
            return standing;
        if (isOwned)
            return new Standing.NotCounted("owned");
        if (fact.IsFormerReferrer)
            return new Standing.NotCounted("a former signature");
        if (fact.IsLeftOver)
            return new Standing.NotCounted("left over");
        return fact.Manifest.Subject is null && DoubtBeside(fact) is { } doubt ? new Standing.Doubtful(doubt) : standing;
    }

    string? DoubtBeside(Fact fact) =>
        unreadable is { } index && fact.Digest != index && fact.Manifest.Tags.Count == 0 ? $"it may be a part of {index}, which can't be read" : null;

    void JudgeImages(List<(long PushedAt, FactTable.Row Row)> images)
    {
        images.Sort(static (a, b) => b.PushedAt.CompareTo(a.PushedAt) is not 0 and var byTime ? byTime : a.Row.Fact.Digest.CompareTo(b.Row.Fact.Digest));
        for (var rank = 0; rank < images.Count; rank++)
            images[rank].Row.Verdict = JudgeImage(images[rank].Row.Fact, rank);
    }

    Verdict JudgeImage(Fact fact, int rank)
    {
        var group = GroupOf(fact);
        var age = AgeOf(group);
        var kept = Kept(group) ?? (rank < policy.KeepNewest ? string.Create(CultureInfo.InvariantCulture, $"rank {rank} of {policy.KeepNewest}") : null) ?? Young(age) ?? Used(group);
        if (kept is not null)
            return new Verdict(fact.Manifest, IsExpired: false, kept) { Rank = rank, Group = group };
        if (group.Doubt is { } doubt)
            return Doubt(fact, doubt) with { Rank = rank, Group = group };

        var orMore = scope == Scope.PartOfRepository ? " or more" : "";
        return new Verdict(fact.Manifest, IsExpired: true, string.Create(CultureInfo.InvariantCulture, $"rank {rank}{orMore}, {Days(age, Math.Ceiling)}")) { Rank = rank, Group = group };
    }

    // What nothing owns and yet is no image: a referrer whose subject is gone, or a part that its index left over. Only a full listing shows it.
    Verdict JudgeOwnerless(Fact fact, string reason)
    {
        // People keep the signatures of one repository in another: by its tag alone a referrer is lone only where its subject was once here.
        var isLoneReferrer = ownership.IsLone(fact.Digest) && (fact.Manifest.Subject is not null || ReferrerTag.SubjectsOf(fact.Manifest).Any(gone.Contains));
        if (!isLoneReferrer && !fact.IsLeftOver)
            return Keep(fact, reason);

        var group = GroupOf(fact);
        var age = AgeOf(group);
        var what = isLoneReferrer ? "a referrer whose subject is gone" : "a part whose index is gone";
        if ((group.Doubt ?? DoubtBeside(fact)) is { } doubt)
            return Doubt(fact, doubt);

        return (Kept(group) ?? Young(age) ?? Used(group)) is { } kept
            ? Keep(fact, kept)
            : new Verdict(fact.Manifest, IsExpired: true, $"{what}, {Days(age, Math.Ceiling)}");
    }

    // A follower goes after its last owner. What no verdict on an image reaches runs in a circle, and stays.
    void JudgeFollowers(List<FactTable.Row> followers)
    {
        for (var left = followers; left.Count > 0;)
        {
            var judged = left.RemoveAll(row =>
            {
                if (IsKeptByOwners(row.Fact.Digest) is not { } isKept)
                    return false;

                row.Verdict = Follow(row.Fact, isExpired: !isKept);
                return true;
            });
            if (judged > 0)
                continue;

            foreach (var row in left)
                row.Verdict = Doubt(row.Fact, "its ownership runs in a circle") with { IsFollower = true };
            return;
        }
    }

    // Null while none is known to keep it, and of some no verdict is known.
    bool? IsKeptByOwners(Digest digest)
    {
        if (ownership.IsOwnedFromOutside(digest))
            return true;

        var isKnown = true;
        foreach (var owner in ownership.OwnersOf(digest))
        {
            if (facts.VerdictOn(owner) is not { } verdict)
                isKnown = false;
            else if (!verdict.IsExpired)
                return true;
        }

        return isKnown ? false : null;
    }

    Verdict Follow(Fact fact, bool isExpired)
    {
        var subjects = ReferrerTag.AllSubjectsOf(fact.Manifest);
        var owners = ownership.OwnersOf(fact.Digest);
        // Of several the one that keeps it, where one does; most have one.
        bool IsTheOne(Digest owner) => isExpired || (facts.Contains(owner) ? facts.VerdictOn(owner)?.IsExpired == false : !gone.Contains(owner));
        var named = owners.Count > 0 && IsTheOne(owners[0]) ? owners[0] : Named(owners.Concat(fact.Memory.Owners).Concat(subjects).ToList());
        Digest Named(List<Digest> all) => all.Find(IsTheOne) is var one && one != default ? one : all[0];

        var isReferrer = fact.IsFormerReferrer || subjects.Contains(named);
        return new Verdict(fact.Manifest, isExpired, $"{(isReferrer ? "referrer" : "member")} of {named}") { IsFollower = true };
    }

    Group GroupOf(Fact root)
    {
        // Most have none. What stands in doubt itself, or isn't active, was judged before anything asks for its group.
        if (!ownership.HasFollowers(root.Digest))
            return Group.Of(policy, root, doubt: null);

        var all = FactsOf(ownership.GroupOf(root.Digest));
        return Group.Of(policy, ownership.HasNoReferrers ? all : FactsOf(ownership.PartsOf(root.Digest)), all, now);
    }

    List<Fact> FactsOf(IReadOnlyCollection<Digest> digests)
    {
        var these = new List<Fact>(digests.Count);
        foreach (var digest in digests)
            these.Add(facts[digest].Fact);
        return these;
    }

    TimeSpan AgeOf(Group group) => group.ActiveAt > now ? TimeSpan.Zero : now - group.ActiveAt;

    static string? Kept(Group group) => group.IsSpared ? "named by the event being handled" : group.Protection;

    string? Young(TimeSpan age) => age <= policy.KeepFor ? Days(age, Math.Floor) : null;

    string? Used(Group group) =>
        group.UsedUntil(policy, now) is { } until && now <= until ? string.Create(CultureInfo.InvariantCulture, $"pulled {group.UsedAt:yyyy-MM-dd}, kept until {until:yyyy-MM-dd}") : null;

    static Verdict Keep(Fact fact, string reason) => new(fact.Manifest, IsExpired: false, reason);

    static Verdict Doubt(Fact fact, string reason) => new(fact.Manifest, IsExpired: false, $"in doubt: {reason}") { IsDoubt = true };

    // Kept is rounded down and expired up, so that no reason reads as if the rule were off by one.
    static string Days(TimeSpan age, Func<double, double> round) => round(age.TotalDays * 10) is > 0 and var tenths
        ? string.Create(CultureInfo.InvariantCulture, $"{tenths / 10:F1} days old")
        : "less than 0.1 days old";
}
