using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace AWS.Lambda.Powertools.Logging.Internal;

sealed class PowertoolsLogger(string category) : ILogger
{
    // One scope at a time and shared by all callers: the real package's way, which is why the product appends keys instead.
    Scope _scope;

    public IDisposable BeginScope<TState>(TState state) => _scope = new Scope(this, state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= CurrentSettings.Value.MinimumLevel;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception exception, Func<TState, Exception, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (IsEnabled(logLevel))
        {
            RefuseWithoutReflection();
            var settings = CurrentSettings.Value;
            var arguments = state as IEnumerable<KeyValuePair<string, object>>;
            var line = new LogLine(category, settings);
            settings.Output.WriteLine(line.Write(logLevel, formatter(state, exception), _scope?.Keys, arguments, exception));
        }
    }

    // On the managed runtime the real package's JSON rests on reflection; in native code on a context of its own.
    static void RefuseWithoutReflection()
    {
        if (RuntimeFeature.IsDynamicCodeSupported && !JsonSerializer.IsReflectionEnabledByDefault)
        {
            throw new InvalidOperationException("Reflection-based serialization has been disabled for this application.");
        }
    }

    sealed class Scope(PowertoolsLogger logger, object state) : IDisposable
    {
        internal IEnumerable<KeyValuePair<string, object>> Keys { get; } = state switch
        {
            IEnumerable<KeyValuePair<string, object>> pairs => [.. pairs],
            IEnumerable<KeyValuePair<string, string>> pairs => [.. pairs.Select(pair => KeyValuePair.Create(pair.Key, (object)pair.Value))],
            _ => [],
        };

        public void Dispose() => logger._scope = null;
    }
}
