using System.Globalization;

namespace PushPruner.Cli.Output;

/// <summary>
/// How far one piece of work is, and how fast it goes: "12,000 of 45,000 manifests read, 2,400/s", with a bar where the end is known.
/// </summary>
sealed class ProgressRate(TimeProvider clock)
{
    const int BarWidth = 20;

    // Sooner than this a rate says nothing.
    static readonly TimeSpan Notable = TimeSpan.FromSeconds(1);

    string? work;
    long begun;

    /// <summary>The next piece of work begins.</summary>
    public void Rest() => work = null;

    /// <param name="what">What is done to what: "listed", "read". Another one is another piece of work.</param>
    /// <param name="done">So far.</param>
    /// <param name="of">In all; null when nobody knows.</param>
    /// <param name="one">What is counted.</param>
    public string Describe(string what, int done, int? of, string one, string many)
    {
        if (work != $"{one} {what}")
            (work, begun) = ($"{one} {what}", clock.GetTimestamp());

        var elapsed = clock.GetElapsedTime(begun);
        var rate = elapsed < Notable ? "" : string.Create(CultureInfo.InvariantCulture, $", {done / elapsed.TotalSeconds:#,0}/s");
        return of is { } all
            ? $"{Bar(done, all)} {TextFormat.Number(done)} of {TextFormat.Count(all, one, many)} {what}{rate}"
            : $"{TextFormat.Count(done, one, many)} {what}{rate}";
    }

    static string Bar(int done, int of)
    {
        var full = of == 0 ? BarWidth : (int)((long)BarWidth * Math.Min(done, of) / of);
        return new string('━', full) + new string('╌', BarWidth - full);
    }
}
