namespace PushPruner.Snapshots;

/// <summary>Why one manifest of a repository is kept or expired, and what has to come to pass for it to go.</summary>
public sealed record Explanation
{
    Explanation(Manifest manifest, Role role, Verdict verdict, string? keepsEverything)
    {
        Manifest = manifest;
        Role = role;
        Verdict = verdict;
        KeepsEverything = keepsEverything;
    }

    public Manifest Manifest { get; }

    public Role Role { get; }

    /// <summary>The rule's word, which holds where the repository doesn't keep everything.</summary>
    public Verdict Verdict { get; }

    /// <summary>Why nothing of the repository may be deleted, whatever the verdict says; null when it holds.</summary>
    public string? KeepsEverything { get; }

    public bool IsExpired => KeepsEverything is null && Verdict.IsExpired;

    /// <summary>
    /// What has to come to pass; null for what isn't measured by rank and age: what follows others, what is in doubt, what isn't counted.
    /// </summary>
    public ExpiryForecast? Forecast { get; private init; }

    /// <summary>What it and all that is kept and deleted together with it say; null where <see cref="Forecast"/> is.</summary>
    public ImageGroup? Group { get; private init; }

    /// <summary>Which manifest of the group its age counts from, and what happened to that; null where <see cref="Forecast"/> is.</summary>
    public (Digest Digest, Activity Activity)? Youngest { get; private init; }

    /// <summary>
    /// After when a listing proves it to be an image, if no index names it by then; null for what isn't <see cref="Role.Unproven"/>.
    /// </summary>
    public DateTimeOffset? ProvenAfter { get; private init; }

    /// <summary>What can't be read and so puts it in doubt, or in the way of its proof: itself, or what may name it.</summary>
    public IReadOnlyList<Digest> Unreadable { get; private init; } = [];

    /// <summary>Those that own it directly.</summary>
    public IReadOnlyList<Digest> Owners { get; private init; } = [];

    /// <summary>Of what follows others: those whose fate it shares, at the top. It is kept while any of them is.</summary>
    public IReadOnlyList<Explanation> Follows { get; private init; } = [];

    /// <summary>What it owns at any depth: members first, then the referrers of all of these.</summary>
    public IReadOnlyList<(Manifest Manifest, Role Role)> Followers { get; private init; } = [];

    /// <exception cref="KeyNotFoundException">There is no such manifest in the snapshot.</exception>
    public static Explanation Of(RepositorySnapshot snapshot, Digest digest)
    {
        return Of(snapshot, snapshot.Verdicts.ToDictionary(v => v.Digest), digest);
    }

    static Explanation Of(RepositorySnapshot snapshot, Dictionary<Digest, Verdict> verdicts, Digest digest)
    {
        var known = snapshot.Manifests[digest];
        var verdict = verdicts[digest];
        var role = RoleOf(snapshot, known, verdict);
        var members = snapshot.PartsOf(digest).Select(m => m.Digest).ToHashSet();
        var explanation = new Explanation(known.Manifest, role, verdict, snapshot.KeepsEverything)
        {
            Owners = snapshot.OwnersOf(digest),
            Follows = IsJudgedByOwners(snapshot, verdict)
                ? [.. TopOf(snapshot, verdicts, digest).Select(d => Of(snapshot, verdicts, d))]
                : [],
            Followers =
            [
                .. snapshot
                    .GroupOf(digest)
                    .Where(m => m.Digest != digest)
                    .Select(m => (m, members.Contains(m.Digest) ? Role.Member : Role.Referrer))
                    .OrderBy(m => m.Item2)
                    .ThenBy(m => m.m.PushedAt)
                    .ThenBy(m => m.m.Digest),
            ],
            Unreadable = UnreadableFor(snapshot, known, verdict, role),
            ProvenAfter = role == Role.Unproven ? known.Manifest.PushedAt + snapshot.Policy.SettleTime : null,
        };
        return IsMeasured(known, verdict) ? explanation.Measured(snapshot) : explanation;
    }

    Explanation Measured(RepositorySnapshot snapshot)
    {
        var parts = snapshot.PartsOf(Manifest.Digest).Select(m => snapshot.Manifests[m.Digest]).ToList();
        var group = ImageGroup.Of(
            snapshot.Policy, parts, [.. snapshot.GroupOf(Manifest.Digest).Select(m => snapshot.Manifests[m.Digest])], snapshot.At);
        return this with
        {
            Group = group,
            Forecast = ExpiryForecast.Of(snapshot.Policy, snapshot.At, Verdict.Rank, group),
            Youngest = parts.Select(f => (f.Digest, Activity.LatestOf(f))).MaxBy(a => a.Item2.At),
        };
    }

    static Role RoleOf(RepositorySnapshot snapshot, KnownManifest known, Verdict verdict) => known switch
    {
        _ when ReferrerTag.AllSubjectsOf(known.Manifest).Count > 0 || known.IsFormerReferrer => Role.Referrer,
        _ when snapshot.OwnersOf(known.Digest).Count > 0 => Role.Member,
        _ when verdict.Rank is not null || verdict.IsDoubt || known.Manifest.Status != ManifestStatus.Active => Role.Image,
        { IsLeftOver: true } => Role.LeftOver,
        _ => Role.Unproven,
    };

    // What has a reason of its own is kept by that reason, whatever owns it: also a signature of something in another repository.
    static bool IsJudgedByOwners(RepositorySnapshot snapshot, Verdict verdict) =>
        verdict is { IsFollower: true, IsDoubt: false, Manifest.Status: ManifestStatus.Active }
        && !snapshot.IsOwnedFromElsewhere(verdict.Digest);

    // Images, and what stands where nothing owns it any more: a part that its index left over, a referrer whose subject is known to be
    // gone.
    static bool IsMeasured(KnownManifest known, Verdict verdict) => verdict.Rank is not null
        || (verdict is { IsFollower: false, IsDoubt: false, Manifest.Status: ManifestStatus.Active }
            && (known.IsLeftOver || ReferrerTag.AllSubjectsOf(known.Manifest).Count > 0));

    static List<Digest> TopOf(RepositorySnapshot snapshot, Dictionary<Digest, Verdict> verdicts, Digest digest)
    {
        var top = new List<Digest>();
        var seen = new HashSet<Digest> { digest };
        var left = new Queue<Digest>([digest]);
        while (left.TryDequeue(out var follower))
        {
            foreach (var owner in snapshot.OwnersOf(follower))
            {
                if (!seen.Add(owner))
                    continue;

                if (IsJudgedByOwners(snapshot, verdicts[owner]))
                    left.Enqueue(owner);
                else
                    top.Add(owner);
            }
        }

        return top;
    }

    static List<Digest> UnreadableFor(RepositorySnapshot snapshot, KnownManifest known, Verdict verdict, Role role) => role switch
    {
        Role.Unproven => UnreadableIn(snapshot),
        _ when !verdict.IsDoubt => [],
        _ when known.IsUnreadable => [known.Digest],
        // Another doubt, or a circle.
        _ when verdict.IsFollower || Classification.Of(known, snapshot.At) is Classification.Doubtful => [],
        _ => UnreadableIn(snapshot),
    };

    static List<Digest> UnreadableIn(RepositorySnapshot snapshot) =>
        [.. snapshot.Manifests.Values.Where(f => f.IsUnreadable).Select(f => f.Digest).Order()];
}
