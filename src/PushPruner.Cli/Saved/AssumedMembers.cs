using PushPruner.Adapters;

namespace PushPruner.Cli.Saved;

/// <summary>
/// What the texts of a saved listing would say, where they weren't saved. ECR takes an index only after its members, so an untagged
/// manifest that was pushed in the time before one is taken for its member; any other is taken for an image, and so is each index. A guess,
/// for a plan alone: the function reads each of them, and what it can't read it keeps.
/// </summary>
static class AssumedMembers
{
    // A push ends within minutes; a member is in the listing a moment later than its index where the clocks of ECR's hosts differ.
    static readonly TimeSpan LongestPush = TimeSpan.FromHours(1);
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(1);

    /// <summary>The members of each such index; an index of which none is found names nothing.</summary>
    public static IReadOnlyDictionary<Digest, DigestSet> Of(IReadOnlyDictionary<Digest, Manifest> manifests, Func<Digest, bool> isTextSaved)
    {
        var unread = manifests.Values
            .Where(m => MediaTypes.IsManifestList(m.MediaType) && m.PushedAt is not null && !isTextSaved(m.Digest))
            .OrderBy(m => m.PushedAt).ThenBy(m => m.Digest)
            .ToList();
        var times = unread.ConvertAll(m => m.PushedAt!.Value);
        var members = unread.ToDictionary(m => m.Digest, _ => new List<Digest>());
        foreach (var manifest in manifests.Values.Where(IsLikeAMember))
        {
            var pushedAt = manifest.PushedAt!.Value;
            var next = times.BinarySearch(pushedAt - DateTimeOffset.MinValue > Skew ? pushedAt - Skew : pushedAt);
            next = next < 0 ? ~next : next;
            if (next < times.Count && times[next] - pushedAt <= LongestPush)
                members[unread[next].Digest].Add(manifest.Digest);
        }

        return members.ToDictionary(m => m.Key, m => new DigestSet(m.Value.Order().Take(DigestSet.MostInARow)));
    }

    /// <summary>
    /// The untagged manifests that are neither a member of these nor say themselves that they are something else than an image.
    /// </summary>
    public static IReadOnlyList<Digest> ImagesAmong(
        IReadOnlyDictionary<Digest, Manifest> manifests,
        IReadOnlyDictionary<Digest, DigestSet> members,
        IReadOnlyDictionary<Digest, string> texts)
    {
        var read = texts
            .Where(t => manifests.TryGetValue(t.Key, out var m) && MediaTypes.IsManifestList(m.MediaType))
            .Select(t => ManifestContent.ReadList(t.Key, t.Value)?.Members ?? DigestSet.Empty);
        var owned = members.Values.Concat(read).SelectMany(m => m).ToHashSet();
        return
        [
            .. manifests.Values
                .Where(m => IsLikeAMember(m) && m.Subject is null && !texts.ContainsKey(m.Digest) && !owned.Contains(m.Digest))
                .Where(m => Kind.Of(new KnownManifest(m, ManifestHistory.None)) == Kind.Image)
                .Select(m => m.Digest),
        ];
    }

    /// <summary>An index that holds the guess as if it had been read.</summary>
    public static async Task<IManifestIndex> RememberAsync(
        string repository,
        IReadOnlyDictionary<Digest, Manifest> manifests,
        IEnumerable<(Digest Digest, DigestSet? Members)> assumed,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var index = new InMemoryIndex(clock);
        foreach (var (digest, members) in assumed)
        {
            var manifest = manifests[digest];
            var row = new IndexRow
            {
                Digest = digest,
                Tags = manifest.Tags,
                PushedAt = manifest.PushedAt,
                Bytes = manifest.Bytes,
                History = new ManifestHistory { Members = members, Kind = Kind.Image },
            };
            await index.TryWriteAsync(repository, row, cancellationToken);
        }

        return index;
    }

    static bool IsLikeAMember(Manifest manifest) =>
        manifest is { Tags.Count: 0, PushedAt: not null }
        && MediaTypes.IsKnown(manifest.MediaType)
        && !MediaTypes.IsManifestList(manifest.MediaType);
}
