namespace PushPruner.Policies;

/// <summary>Patterns of which any one suffices. The empty set matches nothing.</summary>
public sealed class WildcardSet : IEquatable<WildcardSet>
{
    readonly Wildcard[] patterns;

    public WildcardSet(IEnumerable<Wildcard> patterns) => this.patterns = [.. patterns];

    public static WildcardSet None { get; } = new([]);

    public IReadOnlyList<Wildcard> Patterns => patterns;

    public static WildcardSet Of(params IEnumerable<string> patterns) => new(patterns.Select(p => new Wildcard(p)));

    /// <summary>The first pattern that matches, for the reason of a verdict; null when none does.</summary>
    public Wildcard? FirstMatch(string text)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(text))
                return pattern;
        }

        return null;
    }

    public WildcardSet Plus(WildcardSet other)
    {
        return new(patterns.Concat(other.patterns).Distinct());
    }

    public bool Equals(WildcardSet? other) => other is not null && patterns.AsSpan().SequenceEqual(other.patterns);

    public override bool Equals(object? obj) => Equals(obj as WildcardSet);

    public override int GetHashCode() => patterns.Length == 0 ? 0 : HashCode.Combine(patterns.Length, patterns[0]);

    public override string ToString() => string.Join(',', patterns.Select(p => p.Pattern));
}
