using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Plan;

/// <summary>What is left of a repository's plan when the next is made.</summary>
sealed record PlanRow(string Repository)
{
    /// <summary>Null when <see cref="Error"/> says why.</summary>
    public PlanTotals? Totals { get; init; }

    /// <summary>Whether a run would be halted here, because more images are expired than it may delete.</summary>
    public bool IsHalted { get; init; }

    /// <summary>Reasons of what is in doubt, and of how many manifests each is.</summary>
    public IReadOnlyDictionary<string, int> Doubts { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Null when they were not asked for, or not one manifest could be read.</summary>
    public LayerSums? Layers { get; init; }

    /// <summary>What a person has to know of it, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What looks as if it should be elsewhere, in a sentence; null where nothing does.</summary>
    public string? Hint { get; init; }

    /// <summary>Why there is no plan, or not all of it.</summary>
    public string? Error { get; init; }
}

/// <summary>What is planned for one repository, with all that it is planned from.</summary>
/// <param name="Layers">Null when they were not asked for, or could not be read.</param>
/// <param name="Used">Of the expired images those that something in use names.</param>
sealed record RepositoryPlan(
    RepositorySnapshot Snapshot, PlanTotals Totals, OtherRule Other, LayerSums? Layers, IReadOnlyDictionary<Digest, UsedImage> Used)
{
    public string Repository => Snapshot.Repository;
}
