using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Cli.Registries;
using PushPruner.Jobs;
using System.Security.Cryptography;

namespace PushPruner.Cli.Reconcile;

/// <summary>A plan for every repository first, then a question, then the deletes.</summary>
sealed class ReconcileRun(ReconcileArguments arguments, AwsAccess aws, IReconcileReport report, CliEnvironment environment, bool canAsk)
{
    readonly Progress progress = new(environment);
    readonly RepositorySelection selection = new(aws, arguments.Repositories, arguments.Settings.Repositories);
    readonly List<RepositoryReport> reports = [];

    /// <param name="stop">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var invocation = new Invocation(NewRequestId(), DateTimeOffset.MaxValue) { Stop = stop, Approval = arguments.Approval };
        var work = new RepositoryWork(
            selection,
            aws,
            arguments,
            environment.Clock,
            arguments.Details ? new Doubts(progress) : NullLogger.Instance,
            invocation);
        await using var notice = stop.Register(() =>
            progress.Say("Stopping as soon as the books are in order; Ctrl-C again ends it at once."));

        IReadOnlyList<string> names = [], left = [];
        RunEnd ending;
        string? error = null;
        try
        {
            names = await selection.NamesAsync(stop);
            await PlanAsync(work, names, stop);
            report.Planned(selection.Home, reports);
            (ending, left) = await ActAsync(work, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            (ending, left) = (RunEnd.Stopped, [.. names.Where(IsLeft)]);
        }
        catch (Exception e) when (ErrorText.IsOfAws(e))
        {
            (ending, error) = (RunEnd.Failed, $"The repositories can't be listed: {ErrorText.Describe(e)}");
            progress.Say(error);
        }

        report.End(new Summary(invocation.RequestId, selection.Home, ending, reports, left) { Error = error });
        if (ending == RunEnd.NotAsked)
            progress.Say("Nothing was deleted: nobody is there to ask. Add --yes to delete what is planned, or --dry-run to only plan.");
        return ending switch
        {
            RunEnd.Stopped => ExitCode.Stopped,
            RunEnd.NotAsked => ExitCode.WrongUsage,
            _ when error is not null || reports.Exists(r => r.HasFailed) => ExitCode.SomethingFailed,
            _ => reports.Exists(r => r.IsHalted) ? ExitCode.HeldBack : ExitCode.Done,
        };
    }

    async Task PlanAsync(RepositoryWork work, IReadOnlyList<string> names, CancellationToken stop)
    {
        foreach (var (index, name) in names.Index())
        {
            stop.ThrowIfCancellationRequested();
            progress.Begin(name, index + 1, names.Count);
            var plan = await work.PlanAsync(name, progress);
            reports.Add(plan);
            Tell(plan, plan.Result is { } r ? $"{TextFormat.Images(r.Images)}, {TextFormat.Number(r.ExpiredCount)} expired" : "");
        }
    }

    async Task<(RunEnd Ending, IReadOnlyList<string> Left)> ActAsync(RepositoryWork work, CancellationToken stop)
    {
        var due = reports.Where(r => r.IsDue).ToList();
        stop.ThrowIfCancellationRequested();
        if (due.Count == 0)
            return (reports.Exists(r => r.HasFailed || r.IsHalted) ? RunEnd.Failed : RunEnd.NothingToDelete, []);
        if (arguments.Settings.DryRun)
            return (RunEnd.DryRun, []);
        if (!arguments.Yes && !canAsk)
            return (RunEnd.NotAsked, []);
        if (!arguments.Yes && !await Question.AskAsync(QuestionFor(due), environment, stop))
            return (RunEnd.Declined, []);

        for (var done = 0; done < due.Count; done++)
        {
            if (stop.IsCancellationRequested)
                return (RunEnd.Stopped, [.. due.Skip(done).Select(r => r.Repository)]);

            var name = due[done].Repository;
            progress.Begin(name, done + 1, due.Count);
            var outcome = await work.DeleteAsync(due[done], progress);
            reports[reports.FindIndex(r => r.Repository == name)] = outcome;
            Tell(outcome, outcome.Result is { } r ? $"{TextFormat.Manifests(r.DeletedCount)} deleted" : "");
            report.Deleted(outcome);
            if (stop.IsCancellationRequested && outcome.IsUnfinished)
                return (RunEnd.Stopped, [.. due.Skip(done).Select(r => r.Repository)]);
        }

        return (RunEnd.Deleted, []);
    }

    bool IsLeft(string name) => reports.Find(r => r.Repository == name) is not { } plan || plan.IsDue || plan.IsUnfinished;

    void Tell(RepositoryReport repository, string said)
    {
        if (repository.Error is { } error)
            progress.Say($"{repository.Repository}: {error}");
        else
            progress.End(said);
    }

    static string QuestionFor(IReadOnlyList<RepositoryReport> due)
    {
        var totals = Totals.Of(due);
        return $"Delete {TextFormat.Images(totals.Expired)} ({TextFormat.Manifests(totals.ToDelete)}, {Bytes.Shown(totals.BytesToDelete)})"
            + $" of {TextFormat.Repositories(totals.Repositories)}?";
    }

    // Stands in the tombstones, and leads from a deleted image back to this run.
    string NewRequestId() => string.Create(
        CultureInfo.InvariantCulture,
        $"cli-{environment.Clock.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
}

/// <summary>How a run ended.</summary>
enum RunEnd
{
    Deleted,
    DryRun,
    NothingToDelete,

    /// <summary>
    /// Nothing was to be deleted, as far as that is known: the registry was not listed, or a repository failed or was halted.
    /// </summary>
    Failed,

    /// <summary>The answer was no.</summary>
    Declined,

    /// <summary>There was something to delete, and nobody to ask.</summary>
    NotAsked,

    /// <summary>Ctrl-C came before everything was done.</summary>
    Stopped,
}

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

/// <summary>Passes on what the job warns of: what is kept in doubt, and why.</summary>
sealed class Doubts(Progress progress) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            progress.Say(formatter(state, exception));
    }
}
