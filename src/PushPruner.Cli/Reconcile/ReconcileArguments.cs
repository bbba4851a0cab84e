using PushPruner.Cli.Stacks;
using PushPruner.Jobs;
using PushPruner.Pruning;

namespace PushPruner.Cli.Reconcile;

/// <summary>What a run is asked for.</summary>
sealed record ReconcileArguments
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

    /// <inheritdoc cref="ReconcileRequest.AsOf"/>
    public DateTimeOffset? AsOf { get; init; }

    /// <inheritdoc cref="ReconcileRequest.PolicyHash"/>
    public string? PolicyHash { get; init; }

    /// <summary>Lists each image that is expired.</summary>
    public bool Details { get; init; }

    /// <summary>Deletes without asking.</summary>
    public bool Yes { get; init; }

    /// <summary>What else has to be said again to run the same over one repository.</summary>
    public required string OptionsAgain { get; init; }

    public ReconcileRequest RequestFor(string repository) =>
        new(repository)
        {
            KeepNewest = KeepNewest, KeepFor = KeepFor, AsOf = AsOf, PolicyHash = PolicyHash,
        };

    /// <summary>The order that carries a plan out: it deletes nothing that the plan did not show.</summary>
    public ReconcileRequest RequestFor(string repository, ReconcilePlan plan, int images) => RequestFor(repository) with
    {
        MaxDeletes = images,
        AsOf = AsOf ?? plan.AsOf,
        PolicyHash = plan.PolicyHash,
        Shown = plan.Digests,
    };

    /// <summary>How a person approves what was halted: a command, or the way there if that is more than one run may delete.</summary>
    public string Approval(ApprovalTerms terms) =>
        terms.Count > MostDeletes
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"one run may delete {MostDeletes} at most, so run it first with --max-deletes {MostDeletes} and a --keep-days so large "
                    + $"that no more are expired")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"pushpruner reconcile {Shell.Quote(terms.Repository)} --max-deletes {terms.Count}"
                    + $" --as-of {ApprovedInstant.Text(terms.AsOf)} --policy-hash {terms.PolicyHash}{OptionsAgain}");
}
