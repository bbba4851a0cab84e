using Microsoft.Extensions.Logging;

namespace PushPruner.Tests.Given;

/// <summary>Throws for each line that it is told to throw for, and keeps the text of all others.</summary>
sealed class BrokenLogger(Func<EventId, bool> isBroken) : ILogger
{
    public List<string> Written { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (isBroken(eventId))
            throw new AggregateException("No line was written.", new NotSupportedException("a type that nobody knows"));

        Written.Add(formatter(state, exception));
    }
}
