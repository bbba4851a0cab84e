using PushPruner.Aws;
using PushPruner.Jobs;
using Spectre.Console;

namespace PushPruner.Cli.Reconcile;

/// <summary>The plan as a table, then a line a repository, then the sum.</summary>
sealed class TextReconcileReport(TextWriter output, ReconcileArguments arguments) : IReconcileReport
{
    const int MostNamed = 10;

    readonly PlainConsole console = new(output);
    bool isPlanned;

    public void Planned(RegistryHome? home, IReadOnlyList<RepositoryReport> plans)
    {
        isPlanned = true;
        console.Write(TextFormat.Sentence(arguments.Settings.Policy));
        if (arguments.Basis.Sentence is { } origin)
            console.Write(origin);
        if (home is not null)
            console.Write($"Registry of account {home.Account} in {home.Region}.");
        console.Write("");
        if (plans.Count == 0)
        {
            console.Write("No repository to look at.");
            return;
        }

        console.Write(Table(plans));
        foreach (var plan in plans)
        {
            if (arguments.Details && plan.Result is { Expired.Count: > 0 } result)
                WriteExpired(plan.Repository, result);
            WriteNotApproved(plan);
            WriteHalted(plan);
        }

        console.Write("");
    }

    public void Deleted(RepositoryReport repository)
    {
        if (repository.Result is not { } result)
            return;

        // Of a run that didn't come to its end nobody knows the bytes.
        var size = repository.Error is null ? $" ({Bytes.Shown(result.Bytes)})" : "";
        var failed = result.FailedCount == 0 ? "" : $", {TextFormat.Number(result.FailedCount)} not";
        var unfinished = result.Done ? "" : ", not all";
        console.Write(
            $"{repository.Repository}: {TextFormat.Manifests(result.DeletedCount)} deleted{size}{failed}{unfinished}",
            repository.HasFailed ? Styles.Bad : Styles.Good);
        foreach (var failure in result.Failed)
            console.Write($"  - {failure.Digest} not deleted: {failure.Code}, {failure.Message}", Styles.Quiet);
        if (result.FailedCount > result.Failed.Count)
            console.Write($"  and {TextFormat.Number(result.FailedCount - result.Failed.Count)} more", Styles.Quiet);
        WriteNotApproved(repository);
        WriteHalted(repository);
    }

    public void End(Summary summary)
    {
        if (!isPlanned)
        {
            console.Write(
                summary.Ending == RunEnd.Stopped ? "Stopped before all was planned. Nothing was deleted." : "Nothing was deleted.");
            return;
        }

        console.Write(summary.Ending switch
        {
            RunEnd.DryRun => "A dry run: nothing was deleted.",
            RunEnd.NothingToDelete => "Nothing to delete.",
            RunEnd.Deleted => $"{Done(summary)}.",
            RunEnd.Stopped => Stopped(summary),
            _ => "Nothing was deleted.",
        });
        var totals = Totals.Of(summary.Repositories);
        var troubles = new List<string>();
        if (totals.FailedDeletes > 0)
            troubles.Add($"{TextFormat.Manifests(totals.FailedDeletes)} not deleted");
        if (totals.Failed > 0)
            troubles.Add($"{TextFormat.Repositories(totals.Failed)} failed");
        if (totals.Halted > 0)
            troubles.Add($"{TextFormat.Repositories(totals.Halted)} halted");
        if (totals.Unfinished > 0 && summary.Ending != RunEnd.Stopped)
            troubles.Add($"{TextFormat.Repositories(totals.Unfinished)} unfinished: run it again");
        if (troubles.Count > 0)
            console.Write($"{string.Join(", ", troubles)}.", Styles.Bad);
    }

    Table Table(IReadOnlyList<RepositoryReport> plans)
    {
        var totals = Totals.Of(plans);
        var table = new Table().Border(TableBorder.Rounded);
        Column("Repository", TextFormat.Repositories(totals.Repositories));
        Column("Images", TextFormat.Number(totals.Images), isNumber: true);
        Column("Kept", TextFormat.Number(totals.Kept), isNumber: true);
        Column("Expired", TextFormat.Number(totals.Expired), isNumber: true);
        Column("Manifests to go", TextFormat.Number(totals.ToDelete), isNumber: true);
        Column("Size", Bytes.Shown(totals.BytesToDelete), isNumber: true);
        Column("Outcome", "");
        foreach (var plan in plans)
        {
            var (said, style) = Said(plan);
            var numbers = plan.Result is { } r
                ?
                [
                    TextFormat.Number(r.Images),
                    TextFormat.Number(r.Kept),
                    TextFormat.Number(r.ExpiredCount),
                    TextFormat.Number(r.DeletedCount),
                    Bytes.Shown(r.Bytes),
                ]
                : (string[])["", "", "", "", ""];
            table.AddRow([
                new Text(SafeText.Line(plan.Repository)),
                .. numbers.Select(n => new Text(n)),
                new Text(SafeText.Line(said), style),
            ]);
        }

        return table;

        void Column(string name, string total, bool isNumber = false)
        {
            var column = new TableColumn(new Text(name)) { Footer = new Text(total), NoWrap = isNumber };
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }
    }

    (string Text, Style Style) Said(RepositoryReport plan)
    {
        var doubts = plan.Result is { DoubtCount: > 0 and var count } ? $", {TextFormat.Number(count)} in doubt" : "";
        return plan switch
        {
            { Error: not null } => ("failed", Styles.Bad),
            { IsUnfinished: true } => ("unfinished", Styles.Bad),
            { IsHalted: true } => ($"halted: {WhyHalted(plan)}{doubts}", Styles.Bad),
            { IsDue: true } => ($"to delete{doubts}", Styles.Good),
            { Result.Outcome: Outcome.NothingExpired } => ($"nothing expired{doubts}", Styles.Quiet),
            { Result: { } r } => (r.Why is null ? r.Outcome : $"{r.Outcome}: {r.Why}", Styles.Odd),
            _ => ("not begun", Styles.Odd),
        };
    }

    void WriteExpired(string repository, ReconcileResult result)
    {
        console.Write("");
        console.Write(repository);
        foreach (var image in result.Expired)
        {
            var pushed = image.PushedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "at an unknown time";
            console.Write(
                $"  - {TagList.Of(image.Tags)}  {image.Digest}  pushed {pushed}  {Bytes.Shown(image.Bytes)}: {image.Reason}", Styles.Quiet);
        }

        if (result.ExpiredCount > result.Expired.Count)
            console.Write($"  and {TextFormat.Number(result.ExpiredCount - result.Expired.Count)} more", Styles.Quiet);
    }

    void WriteNotApproved(RepositoryReport repository)
    {
        if (repository.Result is not { NotApprovedCount: > 0 and var count })
            return;

        var why = repository.Result.DryRun ? "--as-of does not cover: kept." : "the plan did not show: kept. Run it again to see them.";
        console.Write($"{repository.Repository}: {TextFormat.Images(count)} expired that {why}", Styles.Odd);
    }

    void WriteHalted(RepositoryReport repository)
    {
        if (repository.Terms is not { } terms)
            return;

        console.Write("");
        var why = WhyHalted(repository);
        var halted = $"{repository.Repository} is halted, and nothing of it is deleted: {why}.";
        console.Write($"{halted} Review the images; to approve, run:", Styles.Bad);
        console.Write($"  {arguments.Approval(terms)}");
    }

    string? WhyHalted(RepositoryReport repository) => repository.Terms switch
    {
        null => repository.Result!.Why,
        { } terms when arguments.PolicyHash is { } approved && approved != terms.PolicyHash =>
            $"policy {approved} was approved, but policy {terms.PolicyHash} is in force",
        { } terms =>
            $"{TextFormat.Images(terms.Count)} would be deleted, more than --max-deletes "
                + arguments.Settings.MaxDeletes.ToString(CultureInfo.InvariantCulture),
    };

    static string Stopped(Summary summary)
    {
        var left = summary.Left.Count == 0 ? "" : $" Left: {TextFormat.Some(summary.Left, MostNamed)}.";
        return $"Stopped. {Done(summary)}.{left} The same command goes on from there.";
    }

    static string Done(Summary summary)
    {
        var pruned = summary.Repositories.Where(r => r.Result is { DryRun: false, DeletedCount: > 0 }).ToList();
        var totals = Totals.Of(pruned);
        return pruned.Count == 0
            ? "Nothing was deleted"
            : $"Deleted {TextFormat.Manifests(totals.Deleted)} ({Bytes.Shown(totals.Bytes)}) of {TextFormat.Repositories(pruned.Count)}";
    }
}
