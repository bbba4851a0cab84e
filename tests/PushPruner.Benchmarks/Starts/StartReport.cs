using PushPruner.Benchmarks.Tables;

namespace PushPruner.Benchmarks.Starts;

/// <summary>The tables of starts.</summary>
static class StartReport
{
    public static IEnumerable<Section> Of(IReadOnlyList<ProgramStarts> programs)
    {
        var starts = new MarkdownTable(
            2,
            "program",
            "of its starts",
            "starts",
            "ms to the first poll",
            "ms for the first event",
            "ms for the second",
            "ms of processor by then",
            "MB resident at most");
        var warm = new MarkdownTable(
            1,
            "program",
            "MB of its file",
            "ms of processor a push",
            "bytes logged a push",
            "MB resident at most");
        foreach (var program in programs)
        {
            Add(starts, program, "median", (all, of) => Figure.Median(all.Select(of)), all => Figure.Median(all.Select(s => s.Peak)));
            Add(starts, program, "worst", (all, of) => all.Max(of), all => all.Max(s => s.Peak));
            warm.Add(
                program.Name,
                program.Bytes is { } bytes ? Figure.Of(bytes / 1e6) : "–",
                Figure.Of(program.ProcessorAPush.TotalMilliseconds),
                Figure.Of(program.LoggedAPush),
                Figure.Megabytes(program.WarmPeak));
        }

        return [new("start", starts.ToString()), new("warm", warm.ToString())];
    }

    static void Add(
        MarkdownTable table,
        ProgramStarts program,
        string which,
        Func<IReadOnlyList<OneStart>, Func<OneStart, TimeSpan>, TimeSpan> pick,
        Func<IReadOnlyList<OneStart>, int> peak) =>
        table.Add(
            program.Name,
            which,
            Figure.Of(program.Starts.Count),
            Figure.Milliseconds(pick(program.Starts, s => s.FirstPoll)),
            Figure.Milliseconds(pick(program.Starts, s => s.FirstAnswer)),
            Figure.Milliseconds(pick(program.Starts, s => s.SecondAnswer)),
            Figure.Milliseconds(pick(program.Starts, s => s.Processor)),
            Figure.Megabytes(peak(program.Starts)));
}
