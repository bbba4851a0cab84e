using System.CommandLine;
using System.Globalization;
using PushPruner.Cli.Stacks;

namespace PushPruner.Cli.Snapshots;

/// <summary>What the commands that only look have in common: which source, which repositories, how they fail.</summary>
sealed class SnapshotCommand(CliEnvironment environment)
{
    /// <summary>What Ctrl-C ends with.</summary>
    public const string Stopped = "Stopped. Nothing was changed.";

    readonly RepositoriesArgument repositories = new();

    public SnapshotOptions Options { get; init; } = new();

    /// <summary>Another source than AWS or a saved listing, where the command has one and it is asked for.</summary>
    public Func<ParseResult, IReadOnlyList<string>, RepositoryFilter, ISource?> Other { get; init; } = (_, _, _) => null;

    public void AddTo(Command command)
    {
        repositories.AddTo(command);
        Options.AddTo(command);
    }

    /// <summary>Opens the source, finds the repositories, and lets the command look at them.</summary>
    /// <param name="showAsync">Gets the surveys as they are made, and gives the exit code.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<SnapshotRun, Task<int>> showAsync, CancellationToken stop)
    {
        var here = environment.For(parsed);
        var basis = await Options.ReadBasisAsync(parsed, here, stop);
        var (named, filter) = (repositories.Read(parsed), repositories.ReadPatterns(parsed, basis.Settings.Repositories));
        basis = basis with { Notes = [.. basis.Notes, .. NotServed(named, basis.Settings.Repositories)] };
        using var other = Other(parsed, named, filter);
        using var source = other is null ? Options.Open(parsed, named, filter, here, basis) : null;
        return await LookAsync(other ?? source!, basis, parsed, here, showAsync, stop);
    }

    async Task<int> LookAsync(
        ISource source,
        Basis basis,
        ParseResult parsed,
        CliEnvironment here,
        Func<SnapshotRun, Task<int>> showAsync,
        CancellationToken stop)
    {
        var progress = new Progress(here);
        try
        {
            var names = await NamesAsync(source, progress, stop);
            if (names is null)
                return ExitCode.SomethingFailed;

            var clock = Options.ReadClock(parsed, here.Clock);
            var settings = Options.ReadSettings(parsed, basis);
            var reader = new SnapshotReader(source, settings, repository => Options.RequestFor(repository, parsed), clock, progress);
            return await showAsync(new SnapshotRun(source, settings.Policy, clock.GetUtcNow(), names, reader.LookAsync(names, stop))
            {
                Progress = progress,
                Basis = basis,
                MaxDeletes = settings.MaxDeletes,
                IsWholeRegistry = !Options.IsSaved(parsed) && IsAll(basis.Settings.Repositories) && repositories.IsAll(parsed),
                OptionsAgain = Options.OptionsAgain(parsed),
                CommandLine = CommandAgain(parsed, clock.GetUtcNow()),
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            progress.Say(Stopped);
            return ExitCode.Stopped;
        }
    }

    // Who names a repository sees what the rule says of it; the functions never look at it.
    static IEnumerable<string> NotServed(IReadOnlyList<string> named, RepositoryFilter served) => named
        .Where(name => !served.Serves(name))
        .Select(name => $"REPOSITORIES does not let {name} through, so nothing of it is deleted.");

    string CommandAgain(ParseResult parsed, DateTimeOffset at)
    {
        var typed = string.Join(' ', parsed.Tokens.Select(t => Shell.Quote(t.Value)));
        return Options.HasTime(parsed)
            ? $"pushpruner {typed}"
            : $"pushpruner {typed} --at {at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture)}";
    }

    static bool IsAll(RepositoryFilter filter) =>
        filter.Excluded.Patterns.Count == 0 && filter.Included.Patterns.Any(p => p.Pattern == "*");

    static async Task<IReadOnlyList<string>?> NamesAsync(ISource source, Progress progress, CancellationToken stop)
    {
        try
        {
            return await source.NamesAsync(stop);
        }
        catch (Exception e) when (ErrorText.IsOfAws(e) && !stop.IsCancellationRequested)
        {
            progress.Say($"The repositories can't be listed: {ErrorText.Describe(e)}");
            return null;
        }
    }
}
