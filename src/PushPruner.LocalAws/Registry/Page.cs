namespace PushPruner.LocalAws;

/// <summary>A page as it fills: by what the filter lets through, or by what was looked at.</summary>
sealed class Page<T>(int size, FilteredPages filtered)
{
    readonly List<T> rows = [];
    int scanned;
    (string Digest, string? Tag) last;

    internal IReadOnlyList<T> Rows => rows;

    internal bool IsFull => (filtered == FilteredPages.Sparse ? scanned : rows.Count) >= size;

    internal string TokenFor(string operation) => PageToken.Of(operation, last.Digest, last.Tag);

    internal void Scan(EcrImageId at, bool passes, Func<T> row)
    {
        scanned++;
        last = (at.ImageDigest!, at.ImageTag);
        if (passes)
            rows.Add(row());
    }
}
