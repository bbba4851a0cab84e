using PushPruner.Cli.Saved;

namespace PushPruner.Cli.Parsing;

/// <summary>How every command that reads something fails, and how Ctrl-C ends it.</summary>
static class CommandAction
{
    /// <param name="stopped">What is printed after Ctrl-C; null for nothing.</param>
    public static void SetAction(
        this Command command,
        CliEnvironment environment,
        Func<ParseResult, CancellationToken, Task<int>> runAsync,
        string? stopped = null)
    {
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                return await runAsync(parsed, stop);
            }
            catch (Exception e) when (e is SettingException or InputException)
            {
                await environment.Error.WriteLineAsync(SafeText.Line(e.Message));
                return ExitCode.WrongUsage;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                if (stopped is not null)
                    await environment.Error.WriteLineAsync(stopped);
                return ExitCode.Stopped;
            }
        });
    }
}
