namespace PushPruner.Cli.Reconcile;

/// <summary>Asks before something is done that can't be undone.</summary>
static class Question
{
    /// <returns>Whether the answer was yes; nothing, or the end of the input, is no.</returns>
    /// <exception cref="OperationCanceledException">Ctrl-C came for an answer.</exception>
    public static async Task<bool> AskAsync(string question, CliEnvironment surroundings, CancellationToken stop)
    {
        await surroundings.Error.WriteAsync($"{question} [y/N] ");
        await surroundings.Error.FlushAsync(stop);
        try
        {
            // A terminal's reader can't be cancelled, so the answer is no longer waited for.
            return IsYes(await Task.Run(surroundings.Input.ReadLine, stop).WaitAsync(stop));
        }
        catch (OperationCanceledException)
        {
            await surroundings.Error.WriteLineAsync();
            throw;
        }
    }

    static bool IsYes(string? answer) => answer?.Trim().ToUpperInvariant() is "Y" or "YES";
}
