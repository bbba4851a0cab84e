namespace PushPruner.Rules;

/// <summary>
/// Judges what is owned, once the verdicts on everything else are known: a member or referrer is kept while any owner is, and expires after
/// its last one. Each link is followed once, however deep ownership runs.
/// </summary>
sealed class FollowerVerdicts(KnownManifests knownManifests, Ownership ownership, IReadOnlySet<Digest> gone)
{
    readonly Dictionary<Digest, KnownManifests.Row> waiting = [];
    readonly Dictionary<Digest, int> ownersWithoutVerdict = [];
    readonly Queue<(Digest Digest, bool IsExpired)> judged = new();

    /// <summary>Gives each follower its verdict. What no verdict on an image reaches is owned in a circle, and is kept in doubt.</summary>
    public void Give(IReadOnlyList<KnownManifests.Row> followers)
    {
        foreach (var row in followers)
            waiting.Add(row.Known.Digest, row);
        foreach (var row in followers)
            Begin(row.Known.Digest);

        var known = new List<KnownManifests.Row>();
        while (judged.TryDequeue(out var next))
        {
            if (!waiting.Remove(next.Digest, out var row))
                continue;

            row.Verdict = new Verdict(row.Known.Manifest, next.IsExpired, "") { IsFollower = true };
            known.Add(row);
            foreach (var owned in ownership.OwnedBy(next.Digest))
                Follow(owned, next.IsExpired);
        }

        // Reasons last: of several owners the one is named that keeps it, whichever verdict was found first.
        foreach (var row in known)
            row.Verdict = row.Verdict! with { Reason = ReasonOf(row.Known, row.Verdict.IsExpired) };
        foreach (var row in waiting.Values)
        {
            row.Verdict = new Verdict(row.Known.Manifest, IsExpired: false, "in doubt: its ownership runs in a circle")
            {
                IsFollower = true,
                IsDoubt = true,
            };
        }
    }

    void Begin(Digest digest)
    {
        var unknown = 0;
        var isKept = ownership.IsOwnedFromOutside(digest);
        foreach (var owner in ownership.OwnersOf(digest))
        {
            if (knownManifests.VerdictOn(owner) is not { } verdict)
                unknown++;
            else
                isKept |= !verdict.IsExpired;
        }

        ownersWithoutVerdict[digest] = unknown;
        if (isKept || unknown == 0)
            judged.Enqueue((digest, IsExpired: !isKept));
    }

    void Follow(Digest owned, bool isOwnerExpired)
    {
        if (!waiting.ContainsKey(owned))
            return;

        var unknown = --ownersWithoutVerdict[owned];
        if (!isOwnerExpired || unknown == 0)
            judged.Enqueue((owned, isOwnerExpired));
    }

    string ReasonOf(KnownManifest known, bool isExpired)
    {
        var subjects = ReferrerTag.AllSubjectsOf(known.Manifest);
        var owners = ownership.OwnersOf(known.Digest);
        // Of several the one that keeps it, where one does; most have one.
        bool IsTheOne(Digest owner) =>
            isExpired || (knownManifests.Contains(owner) ? knownManifests.VerdictOn(owner)?.IsExpired == false : !gone.Contains(owner));
        var named = owners.Count > 0 && IsTheOne(owners[0]) ? owners[0] : Named([.. owners, .. known.History.Owners, .. subjects]);
        Digest Named(List<Digest> all) => all.Find(IsTheOne) is var one && one != default ? one : all[0];

        return $"{(known.IsFormerReferrer || subjects.Contains(named) ? "referrer" : "member")} of {named}";
    }
}
