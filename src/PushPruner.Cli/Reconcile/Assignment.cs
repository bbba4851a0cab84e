using System.Globalization;
using PushPruner.Cli.Stacks;
using PushPruner.Jobs;
using PushPruner.Policies;

namespace PushPruner.Cli.Reconcile;

/// <summary>What a run is asked for.</summary>
sealed record Assignment
{
    // As far as --max-deletes goes.
    const int MostDeletes = 100_000;

    /// <summary>In this order; none means all of the registry that <see cref="Settings"/> serve.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    public required Settings Settings { get; init; }

    /// <summary>What the settings were taken from.</summary>
    public Basis Basis { get; init; } = Basis.Defaults;

    /// <summary>What was said on the command line goes before a repository's own tags, as far as it keeps more.</summary>
    public int? KeepNewest { get; init; }

    /// <inheritdoc cref="KeepNewest"/>
    public TimeSpan? KeepFor { get; init; }

    /// <summary>Lists each image that is expired.</summary>
    public bool Details { get; init; }

    /// <summary>Deletes without asking.</summary>
    public bool Yes { get; init; }

    /// <summary>What else has to be said again to run the same over one repository.</summary>
    public required string OptionsAgain { get; init; }

    public ReconcileOrder OrderFor(string repository) => new(repository) { KeepNewest = KeepNewest, KeepFor = KeepFor };

    /// <summary>What lets so many images of a repository go: a command, or the way there if they are more than one run may delete.</summary>
    public string Approval(string repository, int images) => images > MostDeletes
        ? string.Create(CultureInfo.InvariantCulture, $"one run may delete {MostDeletes} at most: first with --max-deletes {MostDeletes} and a --keep-days large enough that no more than that go")
        : string.Create(CultureInfo.InvariantCulture, $"pushpruner reconcile {Shell.Quote(repository)} --max-deletes {images}{OptionsAgain}");
}
