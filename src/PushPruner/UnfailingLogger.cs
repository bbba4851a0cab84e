using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace PushPruner;

/// <summary>
/// Never throws. A line about a delete is written after ECR has deleted the image: an exception there would fail the run, and the retry
/// would find nothing left to delete or to log. A line that cannot be written becomes a line of text alone; if that fails as well, it is
/// lost.
/// </summary>
public sealed class UnfailingLogger : ILogger
{
    const string CatchAll = "CA1031:Do not catch general exception types";

    readonly ILogger inner;

    UnfailingLogger(ILogger inner) => this.inner = inner;

    public static ILogger Around(ILogger logger) => logger as UnfailingLogger ?? new UnfailingLogger(logger);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    [SuppressMessage("Design", CatchAll, Justification = "What was deleted is deleted, whether or not its line can be written.")]
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception e)
        {
            TryReport(e, () => formatter(state, exception));
        }
    }

    [SuppressMessage("Design", CatchAll, Justification = "There is nowhere left to report it.")]
    void TryReport(Exception failure, Func<string> text)
    {
        try
        {
            var cause = failure.GetBaseException();
            inner.LineNotWritten(SafeText.Of(text()), cause.GetType().Name, SafeText.Of(cause.Message));
        }
        catch (Exception)
        {
            // The log is out of order. The run goes on.
        }
    }
}
