using System.Text;

namespace PushPruner.Ports;

/// <summary>What the index holds of one manifest: ECR's last answer, what only the index remembers, and its places.</summary>
public sealed record IndexRow
{
    /// <summary>The revision of a row that has not been written yet.</summary>
    public const long Unwritten = 0;

    // An item holds 409,600 bytes with all its names.
    const int MostBytes = 400_000;
    const int BytesOfADigest = 76;
    const int BytesBesideATag = 4;

    // So many of the longest that ECR allows always fit.
    const int FewTags = 50;

    public required Digest Digest { get; init; }

    /// <summary>In ordinal order, see <see cref="WithTags"/>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>
    /// True when the tags were too many for one row, and only the first of them are here: one that isn't here may not be new.
    /// </summary>
    public bool AreTagsCut { get; init; }

    public DateTimeOffset? PushedAt { get; init; }

    public long Bytes { get; init; }

    public ManifestHistory History { get; init; } = ManifestHistory.None;

    /// <summary>The stream in which it takes its places: its kind, see <see cref="Rules.Kind"/>. Null where it takes none.</summary>
    public string? Stream { get; init; }

    /// <summary>Its place in the stream's window: the push time of a proven image. Null takes no place.</summary>
    public DateTimeOffset? RankedAt { get; init; }

    /// <summary>Its place among the stream's possible candidates: the instant from which X counts. Null takes no place.</summary>
    public DateTimeOffset? DueFrom { get; init; }

    /// <summary>
    /// Changes with every write, and never comes back for the same digest: the ticks of the writer's clock, or a little more.
    /// </summary>
    public long Revision { get; init; } = Unwritten;

    /// <summary>When it was written, by its revision; null when it was not, or when its revision is no time.</summary>
    public DateTimeOffset? WrittenAt =>
        Revision > Unwritten && Revision <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(Revision, TimeSpan.Zero) : null;

    /// <summary>The same row without places: it is neither counted nor proposed.</summary>
    public IndexRow WithoutPlaces() => this with { Stream = null, RankedAt = null, DueFrom = null };

    /// <summary>The same row as an index keeps it: a stream in which it takes no place, and a place in no stream, are left out.</summary>
    public IndexRow Normalized() => Stream is null || (RankedAt is null && DueFrom is null) ? WithoutPlaces() : this;

    /// <summary>
    /// The same row with these tags, as many as a row has room for beside its members and as many owners and referrers as it may ever get.
    /// ECR allows 1,000 tags of 300 characters; nearly every manifest has few.
    /// </summary>
    public IndexRow WithTags(IEnumerable<string> tags)
    {
        string[] sorted = [.. tags.Order(StringComparer.Ordinal)];
        // Nearly every manifest has few, and a registry has many manifests.
        if (sorted.Length <= FewTags)
            return this with { Tags = sorted, AreTagsCut = false };

        var left = MostBytes - ((History.Members?.Count ?? 0) + (2 * DigestSet.MostInARow)) * BytesOfADigest;
        var fitting = 0;
        while (fitting < sorted.Length && (left -= Encoding.UTF8.GetByteCount(sorted[fitting]) + BytesBesideATag) >= 0)
            fitting++;
        return this with { Tags = sorted[..fitting], AreTagsCut = fitting < sorted.Length };
    }

    /// <summary>True when writing <paramref name="other"/> over this row would change nothing.</summary>
    public bool HasSameContentAs(IndexRow other)
    {
        return this with { Tags = [], Revision = 0 } == other with { Tags = [], Revision = 0 }
            && Tags.SequenceEqual(other.Tags, StringComparer.Ordinal);
    }
}
