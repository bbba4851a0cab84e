namespace PushPruner.Testing.Wire;

/// <summary>What went over a wire.</summary>
/// <param name="Requests">By operation, those that the SDK repeated included.</param>
/// <param name="Sent">Bytes of HTTP, headers included.</param>
/// <param name="Received">Bytes of HTTP, headers included.</param>
public sealed record Traffic(IReadOnlyDictionary<string, int> Requests, long Sent, long Received)
{
    public int Count => Requests.Values.Sum();

    /// <summary>"DescribeImages 2, PutItem 1".</summary>
    public override string ToString() =>
        string.Join(
            ", ", Requests.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => FormattableString.Invariant($"{r.Key} {r.Value}")));
}
