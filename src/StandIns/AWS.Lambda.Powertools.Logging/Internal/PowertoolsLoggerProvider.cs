using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AWS.Lambda.Powertools.Logging.Internal;

[ProviderAlias("PowertoolsLogger")]
sealed class PowertoolsLoggerProvider : ILoggerProvider
{
    readonly ConcurrentDictionary<string, PowertoolsLogger> _loggers = new(StringComparer.OrdinalIgnoreCase);

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, static name => new PowertoolsLogger(name));

    public void Dispose() => _loggers.Clear();
}
