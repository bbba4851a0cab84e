using System.CommandLine.Invocation;
using PushPruner.Cli.Completion;
using PushPruner.Cli.Explain;
using PushPruner.Cli.Local;
using PushPruner.Cli.Parsing;
using PushPruner.Cli.Plan;
using PushPruner.Cli.Reconcile;
using PushPruner.Cli.Replay;
using PushPruner.Cli.Report;
using PushPruner.Cli.Simulate;

namespace PushPruner.Cli;

/// <summary>The program, with a seam for what it runs in.</summary>
public static class CommandLine
{
    /// <summary>Runs where nobody can be asked.</summary>
    /// <param name="cancellationToken">As Ctrl-C: the command ends as cleanly as it can.</param>
    /// <returns>The exit code: 0 done, 1 something failed, 2 wrong usage, 3 held back for a person to look at, 130 stopped.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        return RunAsync(args, new CliEnvironment(output, error), cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(string[], TextWriter, TextWriter, CancellationToken)"/>
    public static async Task<int> RunAsync(string[] args, CliEnvironment environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var root = new RootCommand(
            "Keeps Amazon ECR small: deletes the images that are both outranked by N newer ones and older than X days.")
        {
            PlanCommand.Create(environment),
            ExplainCommand.Create(environment),
            ReportCommand.Create(environment),
            SimulateCommand.Create(environment),
            ReplayCommand.Create(environment),
            ReconcileCommand.Create(environment),
            LocalCommand.Create(environment),
            CompletionCommand.Create(environment.Output),
            HelpCommand.Create(),
        };

        Help.AddTo(root);
        args = HelpCommand.Replaced(args, root);
        var parsed = root.Parse(args);
        if (FlagWithValue.In(args, parsed) is { } flag)
        {
            await environment.Error.WriteLineAsync($"{flag} takes no value: give it, or leave it out");
            return ExitCode.WrongUsage;
        }

        if (UnknownOption.In(parsed) is { } unknown)
        {
            await environment.Error.WriteLineAsync($"{unknown}\n{Help.CommandFor(parsed)} tells more.");
            return ExitCode.WrongUsage;
        }

        var io = new InvocationConfiguration
        {
            Output = environment.Output,
            Error = environment.Error,
            // The library would end the process two seconds after the first Ctrl-C, in the middle of a delete.
            ProcessTerminationTimeout = null,
        };
        if (args.Length == 0)
        {
            io.Output = environment.Error;
            await root.Parse("--help").InvokeAsync(io, cancellationToken);
            return ExitCode.WrongUsage;
        }

        // Who asks for help, or a shell that completes a line, needn't give what the command needs.
        if (parsed.Errors.Count == 0 || parsed.Action is Help || args is [['[', ..], ..])
            return await parsed.InvokeAsync(io, cancellationToken);

        // Prints what is wrong and the nearest names there are: none of it is what a script reads from the output.
        io.Output = environment.Error;
        if (parsed.Action is ParseErrorAction complaint)
            complaint.ShowHelp = false;
        await parsed.InvokeAsync(io, cancellationToken);
        await environment.Error.WriteLineAsync($"{Help.CommandFor(parsed)} tells more.");
        return ExitCode.WrongUsage;
    }
}
