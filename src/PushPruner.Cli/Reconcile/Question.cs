namespace PushPruner.Cli.Reconcile;

/// <summary>Asks before something is done that can't be undone.</summary>
static class Question
{
    /// <returns>Whether the answer was yes; nothing, or the end of the input, is no.</returns>
    /// <exception cref="OperationCanceledException">Ctrl-C came for an answer.</exception>
    public static async Task<bool> AskAsync(string question, CliEnvironment environment, CancellationToken stop)
    {
        await environment.Error.WriteAsync($"{question} [y/N] ");
        await environment.Error.FlushAsync(stop);
        try
        {
            // A terminal's reader can't be cancelled, so the answer is no longer waited for.
            return IsYes(await Task.Run(environment.Input.ReadLine, stop).WaitAsync(stop));
        }
        catch (OperationCanceledException)
        {
            await environment.Error.WriteLineAsync();
            throw;
        }
    }

    static bool IsYes(string? answer) => answer?.Trim().ToUpperInvariant() is "Y" or "YES";
}
