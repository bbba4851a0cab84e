using PushPruner.Benchmarks.Starts;
using PushPruner.Benchmarks.Systems;
using PushPruner.Benchmarks.Tables;

namespace PushPruner.Benchmarks.Costs;

/// <summary>Dollars, from what was measured: units, times at 20 ms a call, logged bytes.</summary>
static class CostReport
{
    const int Million = 1_000_000;
    const int Repositories = 1_000;
    const int ImagesOfARepository = 1_000;
    const double WeeksAMonth = 365.25 / 12 / 7;

    // template.yaml: of each repository ReconcileRepository, Again and Done; besides these a dozen for the pages, for all together.
    const int TransitionsOfARepository = 3;
    const int OtherTransitions = 12;

    // buildx pushes two platforms, an attestation for each, and the index: an event each.
    const int EventsOfMultiArch = 5;

    public static IEnumerable<Section> Of(IReadOnlyList<SystemRow> rows, ProgramStarts program) =>
        [new("cost", Pushes(rows, program)), new("growth", Growth(rows, program)), new("weekly", Weekly(rows, program))];

    static string Pushes(IReadOnlyList<SystemRow> rows, ProgramStarts program)
    {
        var table = new MarkdownTable(
            1,
            "a million pushes",
            "Lambda: requests",
            "Lambda: duration",
            "DynamoDB",
            "logs",
            "EventBridge",
            "together");
        var largest = rows.Max(r => r.Images);
        foreach (
            var row in rows.Where(r => r.Images == largest && r.KeepNewest == 10 && r.What.StartsWith("push", StringComparison.Ordinal)))
        {
            Add(row.What, Push(row, program));
            if (EventsOf(row) == 1)
                Add($"{row.What}, each on a cold start", Push(row, program, ColdStart(program)));
        }

        return table.ToString();

        void Add(string what, Bill bill)
        {
            var million = bill.Times(Million);
            table.Add(
                what,
                Figure.Dollars(million.Requests),
                Figure.Dollars(million.Duration),
                Figure.Dollars(million.Table),
                Figure.Dollars(million.Logs),
                Figure.Dollars(Price.Event * Million),
                Figure.Dollars(million.Total));
        }
    }

    static string Growth(IReadOnlyList<SystemRow> rows, ProgramStarts program)
    {
        var table = new MarkdownTable(
            1,
            "images in the repository",
            "a million pushes, an image expires at each",
            "a million full scans, 1,000 a page",
            "a million full scans, 100 a page");
        foreach (var size in rows.Select(r => r.Images).Distinct())
        {
            SystemRow Row(string what) => rows.First(r => r.Images == size && r.KeepNewest == 10 && r.What == what);
            table.Add(
                Figure.Of(size),
                Figure.Dollars(Push(Row("push, single, one expires"), program).Times(Million).Total),
                Figure.Dollars(Push(Row("full scan, 1,000 a page, one expires"), program).Times(Million).Total),
                Figure.Dollars(Push(Row("full scan, 100 a page, one expires"), program).Times(Million).Total));
        }

        return table.ToString();
    }

    static string Weekly(IReadOnlyList<SystemRow> rows, ProgramStarts program)
    {
        var size = rows.Any(r => r.Images == ImagesOfARepository) ? ImagesOfARepository : rows.Max(r => r.Images);
        var row = rows.First(r => r.Images == size && r.What == "reconcile, nothing changed");
        var one = Bill.Of(1, row.Far, Bill.ReconcileMegabytes, row.Counted.Units, program.LoggedAPush, TransitionsOfARepository);
        var week = one.Times(Repositories);
        week = week with { Transitions = week.Transitions + (OtherTransitions * Price.Transition) };

        var table = new MarkdownTable(
            1,
            $"{Figure.Of(Repositories)} repositories of {Figure.Of(size)} images",
            "Lambda: requests",
            "Lambda: duration",
            "DynamoDB",
            "logs",
            "Step Functions",
            "together");
        foreach (var (what, bill) in ((string, Bill)[])[("a weekly run", week), ("a month of them", week.Times(WeeksAMonth))])
        {
            table.Add(
                what,
                Figure.Dollars(bill.Requests),
                Figure.Dollars(bill.Duration),
                Figure.Dollars(bill.Table),
                Figure.Dollars(bill.Logs),
                Figure.Dollars(bill.Transitions),
                Figure.Dollars(bill.Total));
        }

        return table.ToString();
    }

    static Bill Push(SystemRow row, ProgramStarts program, TimeSpan more = default) =>
        Bill.Of(EventsOf(row), row.Far + more, Bill.PushMegabytes, row.Counted.Units, program.LoggedAPush * EventsOf(row));

    // Lambda bills the start as well.
    static TimeSpan ColdStart(ProgramStarts program) =>
        Figure.Median(program.Starts.Select(s => s.FirstPoll))
        + Figure.Median(program.Starts.Select(s => s.FirstAnswer))
        - Figure.Median(program.Starts.Select(s => s.SecondAnswer));

    static int EventsOf(SystemRow row) => row.What.Contains("multi-arch", StringComparison.Ordinal) ? EventsOfMultiArch : 1;
}
