using System.Collections;

namespace PushPruner;

/// <summary>Digests without order or repetition; two sets of the same digests are equal.</summary>
public sealed class DigestSet : IReadOnlyCollection<Digest>, IEquatable<DigestSet>
{
    /// <summary>
    /// The most owners, and the most referrers, that a row holds: with the most members and every tag that fits beside them it stays under
    /// DynamoDB's 400 KB. A set that is full may have left some out.
    /// </summary>
    public const int MostInARow = 1_500;

    readonly Digest[] sorted;

    public DigestSet(IEnumerable<Digest> digests) => sorted = [.. digests.Distinct().Order()];

    public static DigestSet Empty { get; } = new([]);

    public int Count => sorted.Length;

    /// <summary>True when a row takes no more of these: some may have been left out.</summary>
    public bool IsFull => Count >= MostInARow;

    /// <summary>As many as a row holds.</summary>
    public DigestSet Bounded() => Count <= MostInARow ? this : new(sorted.Take(MostInARow));

    public static DigestSet Of(params IEnumerable<Digest> digests) => new(digests);

    public bool Contains(Digest digest) => Array.BinarySearch(sorted, digest) >= 0;

    public DigestSet With(Digest digest) => Contains(digest) ? this : new(sorted.Append(digest));

    public DigestSet Without(Func<Digest, bool> isLeftOut) =>
        Array.Exists(sorted, d => isLeftOut(d)) ? new(sorted.Where(d => !isLeftOut(d))) : this;

    public bool Equals(DigestSet? other) => other is not null && sorted.AsSpan().SequenceEqual(other.sorted);

    public override bool Equals(object? obj) => Equals(obj as DigestSet);

    public override int GetHashCode() => sorted.Length == 0 ? 0 : HashCode.Combine(sorted.Length, sorted[0], sorted[^1]);

    public IEnumerator<Digest> GetEnumerator() => ((IEnumerable<Digest>)sorted).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', sorted.Select(d => d.Value));
}
