using PushPruner.Cli.Surveys;
using PushPruner.Jobs;
using PushPruner.Ports;

namespace PushPruner.Cli.Explain;

/// <summary>All that is told of one image.</summary>
/// <param name="Survey">The repository it is looked for in.</param>
sealed record Answer(Asked Asked, ISource Source, Survey Survey)
{
    /// <summary>Null when it isn't there.</summary>
    public Explanation? Found { get; init; }

    /// <summary>Of what isn't there: what is left of it, the latest deletion first.</summary>
    public IReadOnlyList<Tombstone> Tombstones { get; init; } = [];

    /// <summary>Of what nothing is known of: tags that look like it.</summary>
    public IReadOnlyList<string> Near { get; init; } = [];

    /// <summary>Of what nothing is known of: where else to ask.</summary>
    public string? WhereElse { get; init; }

    public bool IsKnown => Found is not null || Tombstones.Count > 0;
}
