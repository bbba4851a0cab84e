namespace PushPruner.Aws.Dynamo;

/// <summary>
/// The names of all attributes in the table, and how their values are written. Times are UTC in ISO 8601 with seven decimals
/// (<c>2026-08-01T00:00:00.0000000Z</c>), spans of time <c>d.hh:mm:ss.fffffff</c>: exact to the tick, readable in the console, and
/// ordered as text. Null and empty values have no attribute.
/// </summary>
static class Attributes
{
    /// <summary>Partition key. Tombstones have one of their own, <see cref="Deleted"/>.</summary>
    public const string Repository = "repository";

    /// <summary>
    /// Sort key: the digest of a manifest; <see cref="State"/>; <see cref="Lease"/>; or <see cref="TagPrefix"/> and a tag.
    /// </summary>
    public const string Digest = "digest";

    /// <summary>Name and sort key of the secondary index of the window, see <see cref="Place"/>. It alone has a row's RankedAt.</summary>
    public const string Newest = "newest";

    /// <summary>
    /// Name and sort key of the secondary index of the candidates, see <see cref="Place"/>. It alone has a row's DueFrom.
    /// </summary>
    public const string Due = "due";

    /// <summary>
    /// N: how the item is written, <see cref="CurrentVersion"/>. This version cannot read items of other versions, and treats them as
    /// absent: the next write replaces them, and a read never removes them. Rows and tombstones of a newer version are never replaced,
    /// and the manifest of such a row is kept because it is in doubt. The prefix of a place leaves out the places of other versions,
    /// because a place alone proves that a manifest is an image.
    /// </summary>
    public const string Version = "v";

    /// <summary>N: changes with every write, in every version. Rows, states and protecting tags have it; tombstones do not.</summary>
    public const string Revision = "revision";

    // Manifests and tombstones.
    public const string Tags = "tags";
    public const string PushedAt = "pushedAt";
    public const string Bytes = "bytes";

    /// <summary>BOOL: true if one item has no room for all tags, and has only the first of them.</summary>
    public const string TagsCut = "tagsCut";

    // Manifests: what only the index remembers.
    public const string PromotedAt = "promotedAt";
    public const string ProvenFor = "provenFor";

    /// <summary>SS: the manifest lists that name it.</summary>
    public const string Owners = "owners";

    /// <summary>BOOL: true once a manifest list named it.</summary>
    public const string WasMember = "wasMember";

    /// <summary>BOOL: true once it had a signature's tag and no other.</summary>
    public const string WasReferrer = "wasReferrer";

    /// <summary>
    /// SS: the members of a manifest list. One without members has <see cref="NamesNothing"/>: DynamoDB has no empty sets.
    /// </summary>
    public const string Members = "members";
    public const string NamesNothing = "namesNothing";

    /// <summary>SS: the manifests whose subject it is.</summary>
    public const string Referrers = "referrers";
    public const string ReadAt = "readAt";

    /// <summary>S: the kind that its own bytes say.</summary>
    public const string Kind = "kind";

    /// <summary>BOOL: true for a referrer by tag whose subject was in the repository and is gone.</summary>
    public const string HasLostSubject = "hasLostSubject";

    /// <summary>S: the stream of its places. Absent for the stream of images.</summary>
    public const string Stream = "stream";
    public const string PulledBefore = "pulledBefore";

    // The repository's own state; the overrides are read from its ECR resource tags.
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
    public const string ContendedUntil = "crowdedUntil";

    /// <summary>M: of a protecting tag, the row of its manifest. Nested, so that the secondary indexes have its places once.</summary>
    public const string Row = "row";

    // Leases. They also have the request that holds them.
    public const string Until = "until";

    // Tombstones.
    public const string DeletedAt = "deletedAt";
    public const string Reason = "reason";
    public const string RequestId = "requestId";
    public const string Rank = "rank";
    public const string ActiveAt = "activeAt";
    public const string EventId = "eventId";
    public const string Execution = "execution";

    /// <summary>M: the policy by which it was deleted.</summary>
    public const string Policy = "policy";
    public const string KeepPulledFor = "keepPulledFor";
    public const string SettleTime = "settleTime";

    /// <summary>BOOL: true if it was found gone, and who deleted it is not known.</summary>
    public const string FoundGone = "foundGone";

    /// <summary>N, epoch seconds: the table's time to live.</summary>
    public const string ExpiresAt = "expiresAt";

    public const long CurrentVersion = 2;

    /// <summary>Rows, protecting tags and tombstones of this version are read as well, because only they know some things.</summary>
    public const long OldestReadVersion = 1;

    /// <summary>Partition key of the names of the repositories that the index knows, each a sort key.</summary>
    public const string Repositories = "#repositories";

    /// <summary>Sort key of the repository's own state. No digest begins with #.</summary>
    public const string State = "#repository";

    /// <summary>Sort key of the lease on the repository, which says which run may prune it.</summary>
    public const string Lease = "#lease";

    /// <summary>Before a tag, the sort key of a protecting tag.</summary>
    public const string TagPrefix = "#tag/";

    /// <summary>Partition key of a repository's tombstones. No repository name has a #.</summary>
    public static string Deleted(string repository) => repository + "#deleted";
}
