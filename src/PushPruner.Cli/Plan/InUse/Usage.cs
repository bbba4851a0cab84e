namespace PushPruner.Cli.Plan.InUse;

/// <summary>Looks in each repository for what is in use.</summary>
sealed class Usage(InUseList list)
{
    readonly ILookup<Digest, Reference> byDigest = list.References.Where(r => r.Digest is not null).ToLookup(r => r.Digest!.Value);
    readonly ILookup<(string, string), Reference> byTag = list.References
        .Where(r => r.Tag is not null)
        .ToLookup(r => (r.Repository!, r.Tag!));
    readonly HashSet<Reference> found = [];
    readonly List<UsedImage> held = [];
    RegistryPlace place = new(Account: null, Region: null);

    /// <summary>The expired images among them, by repository.</summary>
    public IReadOnlyList<UsedImage> Held => held;

    public int References => list.References.Count;

    /// <summary>References that name another registry.</summary>
    public int Elsewhere => list.References.Count(r => !r.IsIn(place));

    /// <summary>References that may name this registry, and name nothing of what was looked at.</summary>
    public int NotFound => list.References.Count(r => r.IsIn(place) && !found.Contains(r));

    public int NotUnderstood => list.NotUnderstood.Count;

    /// <summary>Of the expired images those that are named, or of which a member or a referrer is.</summary>
    public IReadOnlyDictionary<Digest, UsedImage> Look(RepositorySnapshot snapshot, RegistryPlace registry)
    {
        place = registry;
        var named = new Dictionary<Digest, IReadOnlyList<Reference>>();
        foreach (var fact in snapshot.Manifests.Values)
        {
            if (Naming(snapshot.Repository, fact.Manifest) is { Count: > 0 } references)
            {
                named.Add(fact.Digest, references);
                found.UnionWith(references);
            }
        }

        var used = new Dictionary<Digest, UsedImage>();
        foreach (var verdict in named.Count == 0 ? [] : snapshot.Expired.Where(v => !v.IsFollower))
        {
            var references = snapshot
                .GroupOf(verdict.Digest)
                .SelectMany(m => named.GetValueOrDefault(m.Digest) ?? [])
                .Select(r => r.Text)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            if (references.Count > 0)
                used.Add(verdict.Digest, new UsedImage(snapshot.Repository, verdict, references));
        }

        held.AddRange(used.Values);
        return used;
    }

    List<Reference> Naming(string repository, Manifest manifest) =>
    [
        .. byDigest[manifest.Digest]
            .Where(r => r.Repository is null || r.Repository == repository)
            .Concat(manifest.Tags.SelectMany(tag => byTag[(repository, tag)]))
            .Where(r => r.IsIn(place)),
    ];
}

/// <summary>An expired image of which something in use names it or a part of it.</summary>
/// <param name="References">As they were given, the first first.</param>
sealed record UsedImage(string Repository, Verdict Verdict, IReadOnlyList<string> References);
