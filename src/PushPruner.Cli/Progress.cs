using PushPruner.Jobs;
using Spectre.Console;

namespace PushPruner.Cli;

/// <summary>
/// Tells somebody who waits how far a run is: one line that is written over on a terminal, and elsewhere a line when a repository is
/// done.
/// </summary>
sealed class Progress : IReconcileProgress
{
    const string ClearLine = "\r\e[2K";

    readonly TextWriter output;
    readonly IAnsiConsole console;
    readonly bool isLive;
    readonly Pace pace;
    string place = "";
    int deletedInFormerRuns;
    int deletedInThisRun;

    public Progress(TextWriter output, TimeProvider clock)
    {
        this.output = output;
        pace = new Pace(clock);
        console = Terminal.On(output);
        isLive = console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;
    }

    /// <summary>Manifests of the present repository that ECR said are deleted, also where the run didn't come to its end.</summary>
    public int DeletedByNow => deletedInFormerRuns + deletedInThisRun;

    public void Begin(string repository, int number, int of)
    {
        (deletedInFormerRuns, deletedInThisRun) = (0, 0);
        pace.Rest();
        place = $"[{Words.Number(number)}/{Words.Number(of)}] {Harmless.Text(repository)}";
        Show("");
    }

    public void Listed(int manifests) => Show(pace.Told("listed", manifests, of: null, "manifest", "manifests"));

    public void ReadIndexes(int read, int of) => Show(pace.Told("read", read, of, "index", "indexes"));

    public void ReadManifests(int read, int of) => Show(pace.Told("read", read, of, "manifest", "manifests"));

    public void Deleted(int deleted, int of)
    {
        deletedInThisRun = deleted;
        Show(pace.Told("deleted", deleted, of, "manifest", "manifests"));
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
            output.WriteLine($"{place}: {said}");
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
        output.WriteLine(Harmless.Text(text));
    }

    void Show(string said)
    {
        if (!isLive)
            return;

        var line = said.Length == 0 ? place : $"{place}: {said}";
        output.Write(ClearLine);
        // One that is wider than the terminal would be two, and only the second would be cleared.
        output.Write(line[..Math.Min(line.Length, Math.Max(0, console.Profile.Width - 1))]);
    }
}
