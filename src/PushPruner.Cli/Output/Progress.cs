using PushPruner.Jobs;
using Spectre.Console;

namespace PushPruner.Cli.Output;

/// <summary>
/// Shows somebody who waits how far a run is: on a terminal one line that is written over, and elsewhere a line now and then.
/// </summary>
sealed class Progress : IReconcileProgress
{
    const string ClearLine = "\r\e[2K";

    // In a log of CI a line a repository is noise.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    readonly TextWriter output;
    readonly IAnsiConsole console;
    readonly TimeProvider clock;
    readonly bool isLive;
    readonly bool isQuiet;
    readonly ProgressRate rate;
    string place = "";
    long told;
    int deletedInFormerRuns;
    int deletedInThisRun;

    public Progress(CliEnvironment environment)
    {
        output = environment.Error;
        clock = environment.Clock;
        isQuiet = environment.IsQuiet;
        rate = new ProgressRate(clock);
        console = Terminal.On(output);
        isLive = !isQuiet && console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;
        told = clock.GetTimestamp();
    }

    /// <summary>Manifests of the present repository that ECR said are deleted, also where the run didn't come to its end.</summary>
    public int DeletedByNow => deletedInFormerRuns + deletedInThisRun;

    public void Begin(string repository, int number, int of)
    {
        (deletedInFormerRuns, deletedInThisRun) = (0, 0);
        rate.Rest();
        place = $"[{TextFormat.Number(number)}/{TextFormat.Number(of)}] {SafeText.Line(repository)}";
        Show("");
    }

    public void Listed(int manifests) => Show(rate.Describe("listed", manifests, of: null, "manifest", "manifests"));

    public void ReadIndexes(int read, int of) => Show(rate.Describe("read", read, of, "index", "indexes"));

    public void ReadManifests(int read, int of) => Show(rate.Describe("read", read, of, "manifest", "manifests"));

    /// <summary>Of a registry on this machine that is filled.</summary>
    public void Seeded(string repository, int images, int of)
    {
        place = SafeText.Line(repository);
        Show(rate.Describe("seeded", images, of, "manifest", "manifests"));
    }

    public void Deleted(int deleted, int of)
    {
        deletedInThisRun = deleted;
        Show(rate.Describe("deleted", deleted, of, "manifest", "manifests"));
    }

    /// <summary>A repository may take several runs.</summary>
    public void EndRun(int deleted)
    {
        deletedInFormerRuns += deleted;
        deletedInThisRun = 0;
    }

    public void End(string said)
    {
        if (isLive)
            output.Write(ClearLine);
        else
            SayNowAndThen($"{place}: {said}");
    }

    /// <summary>Nothing is waited for, and others may write.</summary>
    public void Clear()
    {
        if (isLive)
            output.Write(ClearLine);
    }

    /// <summary>A line that stays.</summary>
    public void Say(string text)
    {
        Clear();
        output.WriteLine(SafeText.Line(text));
    }

    void SayNowAndThen(string line)
    {
        if (isQuiet || clock.GetElapsedTime(told) < Rest)
            return;

        told = clock.GetTimestamp();
        output.WriteLine(line);
    }

    void Show(string said)
    {
        var line = said.Length == 0 ? place : $"{place}: {said}";
        if (!isLive)
        {
            if (said.Length > 0)
                SayNowAndThen(line);
            return;
        }

        output.Write(ClearLine);
        // One that is wider than the terminal would be two, and only the second would be cleared.
        output.Write(line[..Math.Min(line.Length, Math.Max(0, console.Profile.Width - 1))]);
    }
}

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
