using System.CommandLine;
using PushPruner.Cli.Replay;

namespace PushPruner.Cli;

/// <summary>The program, with a seam for what it writes to.</summary>
public static class CommandLine
{
    /// <returns>The exit code: 0 done, 1 something failed, 2 wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var root = new RootCommand("Keeps Amazon ECR small: deletes the images that are both outranked by N newer ones and older than X days.")
        {
            ReplayCommand.Create(output, error),
        };

        var parsed = root.Parse(args);
        var io = new InvocationConfiguration { Output = output, Error = error };
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(io, cancellationToken);

        // Prints what is wrong, the nearest names there are, and the help.
        await parsed.InvokeAsync(io, cancellationToken);
        return ExitCode.WrongUsage;
    }
}
