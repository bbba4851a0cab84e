using PushPruner.Cli.Registries;
using PushPruner.Cli.Saved;
using PushPruner.Cli.Stacks;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using System.Diagnostics.CodeAnalysis;

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

/// <summary>The options of every command that only looks: where to look, as of when, and by which rule.</summary>
sealed class SnapshotOptions
{
    readonly AwsOptions aws = new();

    readonly RuleOptions rule = new();

    readonly BasisOptions basis = new();

    readonly Option<string[]> from = SettingOption.Files(
        "--from",
        "Look into what aws ecr describe-images printed instead of asking AWS: files, folders, or - for the standard input. What "
                + "batch-get-image printed may be among them.");

    readonly Option<DateTimeOffset> at = SettingOption.Of(
        "--at", "TIME", "Decide as of this time, such as 2026-12-24 or 2026-12-24T08:00:00Z; now if not given.", ReadTime);

    /// <summary>Whether the command has something to say of runs that are halted.</summary>
    public bool HasMaxDeletes { get; init; }

    public void AddTo(Command command)
    {
        IEnumerable<Option> limit = HasMaxDeletes ? [rule.MaxDeletes] : [];
        command.AddOptions([from, at, .. rule.All, .. limit, .. aws.All]);
        basis.AddTo(command, aws);
        QuietOption.AddTo(command);
        AddFiles(command, from);
    }

    /// <summary>Files are looked into instead of AWS, and no others beside them.</summary>
    public void AddFiles(Command command, Option files) => command.Validators.Add(result =>
    {
        if (result.GetResult(files) is null)
            return;

        foreach (var option in aws.All.Append(from).Append(basis.Stack).Where(o => o != files && result.GetResult(o) is not null))
        {
            var wayOut = option == basis.Stack ? "; --policy-file gives a policy without asking AWS" : "";
            result.AddError($"{files.Name} looks into files, and {option.Name} says to look elsewhere: give one of them{wayOut}");
        }
    });

    public bool IsSaved(ParseResult parsed) => parsed.IsGiven(from);

    public bool HasTable(ParseResult parsed) => parsed.IsGiven(aws.IndexTable);

    public bool HasTime(ParseResult parsed) => parsed.IsGiven(at);

    public bool HasStack(ParseResult parsed) => parsed.IsGiven(basis.Stack);

    /// <exception cref="SettingException">There is no such stack or file, or a value can't be understood.</exception>
    public async Task<Basis> ReadBasisAsync(
        ParseResult parsed, CliEnvironment environment, CancellationToken stop, string? regionOfName = null)
    {
        var read = await basis.ReadAsync(parsed, aws, environment, regionOfName, stop);
        if (!HasTable(parsed) || read.Origin == "stack")
            return read;

        const string whose = "Judged by this command's policy, not the stack's: --stack NAME takes both from the stack.";
        return read with { Sentence = read.Sentence is null ? whose : $"{whose} {read.Sentence}" };
    }

    public Settings ReadSettings(ParseResult parsed, Basis from) => rule.Read(parsed, from.Settings);

    /// <summary>What has to be said again to judge by the same rule: with where to look, unless that is a file.</summary>
    public string OptionsAgain(ParseResult parsed) => parsed.SaidAgain([.. basis.All, .. rule.All, .. aws.All]);

    /// <summary>What was said goes before a repository's own tags, as far as it keeps more.</summary>
    public ReconcileRequest RequestFor(string repository, ParseResult parsed) =>
        new(repository) { KeepNewest = rule.ReadKeepNewest(parsed), KeepFor = rule.ReadKeepFor(parsed) };

    public TimeProvider ReadClock(ParseResult parsed, TimeProvider otherwise) =>
        parsed.IsGiven(at) ? new SettableClock(parsed.GetRequiredValue(at)) : otherwise;

    /// <param name="named">In this order; none means all that <paramref name="filter"/> serves.</param>
    /// <param name="regionOfName">The region that the name of an image says; null when none does.</param>
    /// <exception cref="SettingException">There is no such profile, or no region is known, or another one was asked for.</exception>
    /// <exception cref="InputException">A file can't be read.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The source owns its clients.")]
    public ISource Open(
        ParseResult parsed,
        IReadOnlyList<string> named,
        RepositoryFilter filter,
        CliEnvironment environment,
        Basis? stack = null,
        string? regionOfName = null)
    {
        if (parsed.GetValue(from) is { Length: > 0 } paths)
            return new SavedSource(SavedListingReader.Read(paths, environment.Input), named, filter, ReadClock(parsed, environment.Clock));

        return new AwsSource(AwsAccess.Open(aws, parsed, environment, regionOfName, stack?.IndexTable), named, filter);
    }

    static DateTimeOffset ReadTime(string name, string text) =>
        DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time) && time.Year is >= 2015 and < 9000
            ? time
            : throw new SettingException(
                name, text, "a day or a time such as 2026-12-24 or 2026-12-24T08:00:00Z (UTC unless it says otherwise)");
}
