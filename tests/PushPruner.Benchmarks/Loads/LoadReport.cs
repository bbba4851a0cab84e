using PushPruner.Benchmarks.Tables;

namespace PushPruner.Benchmarks.Loads;

/// <summary>The table of loads: a column each.</summary>
static class LoadReport
{
    public static Section Of(IReadOnlyList<LoadResult> results)
    {
        var table = new MarkdownTable(
            1, [" ", .. results.Select(r => $"{Figure.Of(r.Plan.PushesASecond)} pushes a second into {Figure.Of(r.Plan.Repositories)}")]);
        void Add(string what, Func<LoadResult, string> of) => table.Add([what, .. results.Select(of)]);

        Add("events a push", r => Figure.Of(r.Plan.Events));
        Add("N, and X in minutes", r => $"{Figure.Of(r.Plan.KeepNewest)}, {Figure.Of(r.Plan.KeepFor.TotalMinutes)}");
        Add("DescribeImages calls that ECR bears a second", r => Figure.Of(r.Plan.DescribesASecond));
        Add("pushes, each with an image that expires", r => Figure.Of(r.Pushes));
        Add("ECR calls a push, throttled ones not counted", r => Figure.Of((r.EcrCalls - r.Throttled) / (double)r.Pushes));
        Add("ECR calls that were throttled, and so repeated, a push", r => Figure.Of(r.Throttled / (double)r.Pushes));
        Add("table calls a push", r => Figure.Of(r.TableCalls / (double)r.Pushes));
        Add("events that had to be tried again", r => Figure.Of(r.Retried));
        Add("events that failed for good", r => Figure.Of(r.Failed));
        Add("runs that were halted", r => Figure.Of(r.Halted));
        Add("environments at once, at most", r => Figure.Of(r.Environments));
        Add("ms from the push to the end, median", r => Figure.Milliseconds(r.Times[r.Times.Count / 2]));
        Add("ms from the push to the end, 99 of 100", r => Figure.Milliseconds(r.Times[r.Times.Count * 99 / 100]));
        Add("expired images left when all was handled", r => Figure.Of(r.LeftAtOnce));
        Add("expired images left after one more push each", r => Figure.Of(r.Left));
        Add("images lost that the rule keeps", r => Figure.Of(r.Lost));
        return new("load", table.ToString());
    }
}
