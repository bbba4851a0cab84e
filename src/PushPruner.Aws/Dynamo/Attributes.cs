namespace PushPruner.Aws.Dynamo;

/// <summary>
/// The names of all that the table holds, and how it is written. Times are UTC in ISO 8601 with seven decimals
/// (<c>2026-08-01T00:00:00.0000000Z</c>), spans of time <c>d.hh:mm:ss.fffffff</c>: exact to the tick, readable in the console, and
/// ordered as text. What is null, empty or none has no attribute.
/// </summary>
static class Attributes
{
    /// <summary>Partition key. Tombstones stand under one of their own, <see cref="Deleted"/>.</summary>
    public const string Repository = "repository";

    /// <summary>
    /// Sort key: the digest of a manifest; <see cref="State"/>; <see cref="Lease"/>; or <see cref="TagPrefix"/> and a tag.
    /// </summary>
    public const string Digest = "digest";

    /// <summary>Name and sort key of the index of the window, see <see cref="Place"/>. The only home of a row's RankedAt.</summary>
    public const string Newest = "newest";

    /// <summary>
    /// Name and sort key of the index of the possible candidates, see <see cref="Place"/>. The only home of a row's DueFrom.
    /// </summary>
    public const string Due = "due";

    /// <summary>
    /// N: how the item is written, <see cref="CurrentVersion"/>. An item of another version is understood by no reader of this one: it is
    /// as if there were none. It is written over by whoever has something to say there, and never taken out by being read; but rows and
    /// tombstones of a newer version stay, and what such a row is of is kept in doubt. The places of other versions are left out by their
    /// prefix, for a place alone proves that an image is one.
    /// </summary>
    public const string Version = "v";

    /// <summary>N: changes with every write, in every version. Rows, states and bearers have it; tombstones don't.</summary>
    public const string Revision = "revision";

    // Manifests and tombstones.
    public const string Tags = "tags";
    public const string PushedAt = "pushedAt";
    public const string Bytes = "bytes";

    /// <summary>BOOL: true when the tags were too many for one item, and only the first of them are here.</summary>
    public const string TagsCut = "tagsCut";

    // Manifests: what only the index remembers.
    public const string PromotedAt = "promotedAt";
    public const string ProvenFor = "provenFor";

    /// <summary>SS: the indexes that name it.</summary>
    public const string Owners = "owners";

    /// <summary>BOOL: true once an index named it.</summary>
    public const string WasMember = "wasMember";

    /// <summary>BOOL: true once it bore a signature's tag and no other.</summary>
    public const string WasReferrer = "wasReferrer";

    /// <summary>
    /// SS: of an index, what it names. One that names nothing has <see cref="NamesNothing"/> instead: there are no empty sets.
    /// </summary>
    public const string Members = "members";
    public const string NamesNothing = "namesNothing";

    /// <summary>SS: what names it as its subject.</summary>
    public const string Referrers = "referrers";
    public const string ReadAt = "readAt";

    /// <summary>S: what its own bytes say it is.</summary>
    public const string Kind = "kind";

    /// <summary>BOOL: true for a referrer by tag whose subject was here and is gone.</summary>
    public const string HasLostSubject = "hasLostSubject";

    /// <summary>S: the stream of its places, unless that is the one of images.</summary>
    public const string Stream = "stream";
    public const string PulledBefore = "pulledBefore";

    // The repository's own state; the overrides are its ECR resource tags as understood.
    public const string ListedAt = "listedAt";
    public const string DeferredAt = "deferredAt";
    public const string Unreadable = "unreadable";
    public const string UnreadableUntil = "unreadableUntil";
    public const string HaltedUnder = "haltedUnder";
    public const string KeepNewest = "keepNewest";
    public const string KeepFor = "keepFor";
    public const string ProtectTags = "protectTags";
    public const string Enabled = "enabled";
    public const string Malformed = "malformed";
    public const string CrowdedUntil = "crowdedUntil";

    /// <summary>M: of a bearer, its manifest's row. Nested, so that its places are not indexed a second time.</summary>
    public const string Row = "row";

    // Leases: besides, the request that holds it.
    public const string Until = "until";

    // Tombstones.
    public const string DeletedAt = "deletedAt";
    public const string Reason = "reason";
    public const string RequestId = "requestId";
    public const string Rank = "rank";
    public const string ActiveAt = "activeAt";
    public const string EventId = "eventId";
    public const string Execution = "execution";

    /// <summary>M: of a tombstone, the policy by which it went.</summary>
    public const string Policy = "policy";
    public const string KeepPulledFor = "keepPulledFor";
    public const string SettleTime = "settleTime";

    /// <summary>BOOL: true when it was found gone, and nobody is known to have deleted it.</summary>
    public const string FoundGone = "foundGone";

    /// <summary>N, epoch seconds: the table's time to live.</summary>
    public const string ExpiresAt = "expiresAt";

    public const long CurrentVersion = 2;

    /// <summary>Rows, holders of tags and tombstones of this version are read as well: what only they remember is carried over.</summary>
    public const long OldestReadVersion = 1;

    /// <summary>Partition key of the names of the repositories that the index knows, each a sort key.</summary>
    public const string Repositories = "#repositories";

    /// <summary>Sort key of the repository's own state. No digest begins with #.</summary>
    public const string State = "#repository";

    /// <summary>Sort key of the lease on the repository, which says whose turn it is to prune it.</summary>
    public const string Lease = "#lease";

    /// <summary>Before a tag, the sort key of its bearer.</summary>
    public const string TagPrefix = "#tag/";

    /// <summary>Partition key of a repository's tombstones. No repository name holds a #.</summary>
    public static string Deleted(string repository) => repository + "#deleted";
}
