using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AWS.Lambda.Powertools.Logging.Internal;

[ProviderAlias("PowertoolsLogger")]
sealed class PowertoolsLoggerProvider(PowertoolsLoggerConfiguration configuration) : ILoggerProvider
{
    readonly LoggerSettings _settings = new(configuration);
    readonly ConcurrentDictionary<string, PowertoolsLogger> _loggers = new(StringComparer.OrdinalIgnoreCase);

    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, static (name, settings) => new PowertoolsLogger(name, settings), _settings);

    public void Dispose() => _loggers.Clear();
}
