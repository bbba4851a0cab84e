using System.CommandLine;
using PushPruner.Cli.Replay;
using PushPruner.Cli.Saved;
using PushPruner.Policies;

namespace PushPruner.Cli.Surveys;

/// <summary>What the commands that only look have in common: which source, which repositories, how they fail.</summary>
sealed class SurveyCommand(Surroundings surroundings)
{
    readonly RepositoriesArgument repositories = new();

    public SurveyOptions Options { get; } = new();

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
    public async Task<int> RunAsync(ParseResult parsed, Func<Sighting, Task<int>> showAsync, CancellationToken stop)
    {
        try
        {
            var (named, filter) = (repositories.Read(parsed), repositories.ReadPatterns(parsed));
            using var other = Other(parsed, named, filter);
            using var source = other is null ? Options.Open(parsed, named, filter, surroundings) : null;
            return await LookAsync(other ?? source!, parsed, showAsync, stop);
        }
        catch (Exception e) when (e is SettingException or SavedListingException or HistoryException)
        {
            await surroundings.Error.WriteLineAsync(Harmless.Text(e.Message));
            return ExitCode.WrongUsage;
        }
    }

    async Task<int> LookAsync(ISource source, ParseResult parsed, Func<Sighting, Task<int>> showAsync, CancellationToken stop)
    {
        var progress = new Progress(surroundings.Error, surroundings.Clock);
        try
        {
            var names = await NamesAsync(source, progress, stop);
            if (names is null)
                return ExitCode.SomethingFailed;

            var clock = Options.ReadClock(parsed, surroundings.Clock);
            var settings = Options.ReadSettings(parsed);
            var surveyor = new Surveyor(source, settings, repository => Options.OrderFor(repository, parsed), clock, progress);
            return await showAsync(new Sighting(source, settings.Policy, clock.GetUtcNow(), names, surveyor.LookAsync(names, stop)) { Progress = progress });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            progress.Say("Stopped. Nothing was changed.");
            return ExitCode.Stopped;
        }
    }

    static async Task<IReadOnlyList<string>?> NamesAsync(ISource source, Progress progress, CancellationToken stop)
    {
        try
        {
            return await source.NamesAsync(stop);
        }
        catch (Exception e) when (Trouble.IsOfAws(e) && !stop.IsCancellationRequested)
        {
            progress.Say($"The repositories can't be listed: {Trouble.Told(e)}");
            return null;
        }
    }
}
