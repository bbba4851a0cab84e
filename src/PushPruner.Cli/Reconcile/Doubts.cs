using Microsoft.Extensions.Logging;

namespace PushPruner.Cli.Reconcile;

/// <summary>Passes on what the job warns of: what is kept in doubt, and why.</summary>
sealed class Doubts(Progress progress) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            progress.Say(formatter(state, exception));
    }
}
