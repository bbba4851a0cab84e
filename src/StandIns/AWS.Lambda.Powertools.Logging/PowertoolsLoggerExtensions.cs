using Microsoft.Extensions.Logging;

namespace AWS.Lambda.Powertools.Logging;

public static class PowertoolsLoggerExtensions
{
    public static void AppendKeys(this ILogger logger, IEnumerable<KeyValuePair<string, object>> keys) => Logger.AppendKeys(keys);

    public static void RemoveKeys(this ILogger logger, params string[] keys) => Logger.RemoveKeys(keys);
}
