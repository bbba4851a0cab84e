namespace PushPruner.LocalAws;

/// <summary>When an image got its tags, and which ones moved to another image. A tag that no push put there was always there.</summary>
sealed class TagHistory
{
    readonly Dictionary<string, DateTimeOffset> gained = new(StringComparer.Ordinal);
    readonly List<(string Tag, DateTimeOffset? From, DateTimeOffset Until)> lost = [];

    internal void Gain(string tag, DateTimeOffset at) => gained[tag] = at;

    internal void Move(string tag, DateTimeOffset at)
    {
        lost.Add((tag, gained.TryGetValue(tag, out var from) ? from : null, at));
        gained.Remove(tag);
    }

    internal void Forget(string tag)
    {
        gained.Remove(tag);
        lost.RemoveAll(former => string.Equals(former.Tag, tag, StringComparison.Ordinal));
    }

    internal IReadOnlyCollection<string> At(DateTimeOffset at, IEnumerable<string> tags) =>
    [
        .. tags.Where(tag => !gained.TryGetValue(tag, out var from) || from <= at)
            .Union(Then(at), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    IEnumerable<string> Then(DateTimeOffset at) =>
        lost.Where(former => (former.From is null || former.From <= at) && former.Until > at).Select(former => former.Tag);
}
