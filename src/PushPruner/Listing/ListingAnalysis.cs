namespace PushPruner.Listing;

/// <summary>What a full listing shows: which manifest owns which, and which manifests are images of their own.</summary>
/// <param name="Manifests">Every manifest of the repository.</param>
/// <param name="Absent">What these name without its being there: should it be pushed, no event will say once more whose it is.</param>
sealed record ListingAnalysis(IReadOnlyDictionary<Digest, KnownManifest> Manifests, IReadOnlyDictionary<Digest, ManifestHistory> Absent)
{
    /// <param name="listed">Each manifest once.</param>
    /// <param name="settledBefore">What was pushed by then has settled: a manifest list that names it would be in the listing.</param>
    /// <param name="unreadable">A manifest list of the listing that can't be read.</param>
    public static ListingAnalysis Of(
        IReadOnlyDictionary<Digest, KnownManifest> listed, DateTimeOffset settledBefore, UnreadableList? unreadable)
    {
        var owners = new Dictionary<Digest, List<Digest>>();
        var referrers = new Dictionary<Digest, List<Digest>>();
        foreach (var known in listed.Values)
        {
            foreach (var member in (known.History.Members ?? DigestSet.Empty).Where(m => m != known.Digest))
                Add(owners, member, known.Digest);
            foreach (var subject in ReferrerTag.AllSubjectsOf(known.Manifest).Where(s => s.IsSha256))
                Add(referrers, subject, known.Digest);
        }

        var knownManifests = new Dictionary<Digest, KnownManifest>(listed.Count);
        foreach (var known in listed.Values)
        {
            // Only this history tells former signatures from images.
            var former = known.History.Referrers.Where(r => listed.TryGetValue(r, out var f) && f.IsFormerReferrer);
            var told = known.History.Owners.Where(o => listed.TryGetValue(o, out var f) && f.IsUnreadable);
            var history = known.History with
            {
                Owners = SetOf(owners, known.Digest, told),
                WasMember = known.History.WasMember || owners.ContainsKey(known.Digest),
                Referrers = SetOf(referrers, known.Digest, former),
            };
            var isLeftOver = known.IsFormerReferrer || (history.WasMember && known.Manifest.Tags.Count == 0);
            if (history.Owners.Count == 0 && !isLeftOver && IsProvenByListing(known, settledBefore, unreadable))
                history = history with { ProvenFor = known.Manifest.PushedAt };
            knownManifests.Add(known.Digest, history == known.History ? known : known with { History = history });
        }

        var absent = owners.Keys
            .Concat(referrers.Keys)
            .Where(d => !listed.ContainsKey(d))
            .Distinct()
            .ToDictionary(
                d => d,
                d => new ManifestHistory
                {
                    Owners = SetOf(owners, d), WasMember = owners.ContainsKey(d), Referrers = SetOf(referrers, d),
                });
        return new(knownManifests, absent);
    }

    // That no list names it is no evidence by itself: it has a tag, if only a platform's, or was read and shows what it is.
    static bool IsProvenByListing(KnownManifest known, DateTimeOffset settledBefore, UnreadableList? unreadable) =>
        known.Manifest.PushedAt is { } pushedAt
        && pushedAt <= settledBefore
        && unreadable?.CoversPushAt(pushedAt) != true
        && (known.Manifest.Tags.Any(tag => !ReferrerTag.NamesAnother(tag, known.Manifest)) || known.History.Kind is not null);

    /// <summary>
    /// The same, with it noted at each referrer by tag whose subject is known to be gone: a tombstone proves that only for a time.
    /// </summary>
    public ListingAnalysis WithLostSubjects(IReadOnlySet<Digest> gone)
    {
        var lost = Manifests.Values
            .Where(f => f.Manifest.Subject is null && !f.History.HasLostSubject && ReferrerTag.SubjectsOf(f.Manifest).Any(gone.Contains))
            .ToList();
        if (lost.Count == 0)
            return this;

        var knownManifests = new Dictionary<Digest, KnownManifest>(Manifests);
        foreach (var known in lost)
            knownManifests[known.Digest] = known with { History = known.History with { HasLostSubject = true } };
        return this with { Manifests = knownManifests };
    }

    static void Add(Dictionary<Digest, List<Digest>> to, Digest key, Digest value) =>
        (to.TryGetValue(key, out var list) ? list : to[key] = []).Add(value);

    static DigestSet SetOf(Dictionary<Digest, List<Digest>> of, Digest digest, IEnumerable<Digest>? more = null)
    {
        if (!of.TryGetValue(digest, out var list) && more?.Any() != true)
            return DigestSet.Empty;

        // No row holds more; one that is full is taken to have left some out.
        return new DigestSet((list ?? []).Concat(more ?? []).Distinct().Order().Take(DigestSet.MostInARow));
    }
}
