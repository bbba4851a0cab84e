using PushPruner.Cli.Embedded;
using PushPruner.Jobs;
using Spectre.Console;

namespace PushPruner.Cli.Replay;

/// <summary>A line a push, then a table.</summary>
sealed class TextReplayReport(TextWriter output) : IReplayReport
{
    readonly PlainConsole console = new(output);

    public void Begin(RetentionPolicy policy, string account, string region)
    {
        console.Write(TextFormat.Sentence(policy));
        console.Write($"Embedded registry of account {account} in {region}; nothing leaves this machine.");
        console.Write("");
    }

    public void Handled(HandledPush push)
    {
        var (said, style) = Said(push);
        console.Begin(string.Create(CultureInfo.InvariantCulture, $"{push.At.UtcDateTime:yyyy-MM-dd HH:mm}  {Name(push),-24}  "));
        console.Write(said, style);
        foreach (var image in push.Result?.Expired ?? [])
            console.Write($"{"",-18}- {Name(image)} ({Bytes.Shown(image.Bytes)}): {image.Reason}", Styles.Quiet);
        if (push.Result is { } result && result.ExpiredCount > result.Expired.Count)
            console.Write($"{"",-18}and {TextFormat.Count(result.ExpiredCount - result.Expired.Count, "more", "more")}", Styles.Quiet);
    }

    public void End(IReadOnlyList<RepositorySummary> repositories)
    {
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumns("Repository", "Pushed", "Kept", "Deleted", "Kept size", "Freed", "ECR calls", "Calls a push");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var r in repositories)
        {
            table.AddRow(
                new Text(SafeText.Line(r.Repository)), Number(r.Pushed), Number(r.Kept), Number(r.Deleted),
                new Text(Bytes.Shown(r.KeptBytes)), new Text(Bytes.Shown(r.DeletedBytes)), Number(r.Calls),
                new Text(r.CallsPerPush.ToString("0.0", CultureInfo.InvariantCulture)));
        }

        console.Write("");
        console.Write(table);
    }

    static (string Text, Style Style) Said(HandledPush push) => push.Result switch
    {
        null => ($"failed: {push.Error}", Styles.Bad),
        { Outcome: Outcome.NothingExpired } => ("nothing expired", Styles.Quiet),
        { Outcome: Outcome.Pruned, FailedCount: > 0 } r => (
            $"pruned {r.DeletedCount}, {r.FailedCount} failed: {r.Failed[0].Code}",
            Styles.Bad),
        { Outcome: Outcome.Pruned } r => ($"pruned {r.DeletedCount}", Styles.Good),
        { Outcome: Outcome.DryRun } r => ($"would prune {r.DeletedCount}", Styles.Odd),
        { } r => (r.Why is null ? r.Outcome : $"{r.Outcome}: {r.Why}", Styles.Odd),
    };

    static string Name(HandledPush push) => push switch
    {
        { Repository: null } => "-",
        { Tag.Length: > 0 } => $"{push.Repository}:{push.Tag}",
        { Digest: not null } => $"{push.Repository}:{Short(push.Digest)}",

        // A reconcile is about all of it.
        _ => push.Repository,
    };

    static string Name(ExpiredImage image) => image.Tags.Count > 0 ? string.Join(", ", image.Tags) : Short(image.Digest);

    static string Short(string? digest) => digest is { Length: > 19 } ? digest[..19] : digest ?? "-";

    static Text Number(int number) => new(number.ToString("#,0", CultureInfo.InvariantCulture));
}
