using System.Collections.Concurrent;

namespace AWS.Lambda.Powertools.Logging;

public static class Logger
{
    // As in the real package the keys belong to the async flow, so that invocations that share a process don't share keys.
    // The flow that first touches them makes them: what a callee adds before its caller has any is gone when the callee returns.
    static readonly AsyncLocal<ConcurrentDictionary<string, object>> Flow = new();

    static ConcurrentDictionary<string, object> Keys => Flow.Value ??= new(StringComparer.Ordinal);

    public static void AppendKeys(IEnumerable<KeyValuePair<string, object>> keys)
    {
        foreach (var (key, value) in keys)
        {
            Append(key, value);
        }
    }

    public static void RemoveKeys(params string[] keys)
    {
        foreach (var key in keys ?? [])
        {
            Keys.TryRemove(key, out _);
        }
    }

    static void Append(string key, object value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(value);
        Keys[key] = value;
    }

    public static IEnumerable<KeyValuePair<string, object>> GetAllKeys() => Keys.ToArray();
}
