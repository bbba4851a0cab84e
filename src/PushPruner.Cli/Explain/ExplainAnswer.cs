using PushPruner.Cli.Snapshots;
using PushPruner.Cli.Stacks;
using PushPruner.Ports;
using PushPruner.Snapshots;

namespace PushPruner.Cli.Explain;

/// <summary>All that is told of one image.</summary>
/// <param name="Snapshot">The repository it is looked for in.</param>
sealed record ExplainAnswer(ImageQuery Asked, ISource Source, RepositorySnapshot Snapshot)
{
    /// <summary>What the settings were taken from.</summary>
    public required Basis Basis { get; init; }

    public required Settings Settings { get; init; }

    /// <summary>Null when it isn't there.</summary>
    public Explanation? Found { get; init; }

    /// <summary>
    /// Of what isn't there: what is left of it, the latest deletion first. Of what is there: what is left of an earlier push of its digest.
    /// </summary>
    public IReadOnlyList<Tombstone> Tombstones { get; init; } = [];

    /// <summary>Of what nothing is known of: tags that look like it.</summary>
    public IReadOnlyList<string> Near { get; init; } = [];

    /// <summary>Of what nothing is known of: where else to ask.</summary>
    public string? WhereElse { get; init; }

    /// <summary>True when the stack's table could have been asked, and wasn't.</summary>
    public bool IsTableLeftOut { get; init; }

    /// <summary>What whoever reads it has to know besides.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            var notes = new List<string>();
            var expired = Found?.IsExpired == true ? Snapshot.Expired.Count(v => !v.IsFollower) : 0;
            if (expired > Settings.MaxDeletes)
            {
                notes.Add(
                    $"{TextFormat.Images(expired)} of the repository are expired, more than MAX_DELETES "
                        + $"({TextFormat.Number(Settings.MaxDeletes)}): a run deletes none of them until somebody approves it.");
            }

            if (!Settings.Repositories.Serves(Snapshot.Repository))
                notes.Add($"REPOSITORIES does not let {Snapshot.Repository} through, so nothing of it is deleted.");
            if (IsTableLeftOut && Found is not null)
            {
                notes.Add(
                    "Promotions are known to the stack's table alone: where images are pushed again under new tags, give --stack or "
                        + "--index-table.");
            }

            return [.. notes, .. Basis.Notes, .. Source.Notes];
        }
    }

    public bool IsKnown => Found is not null || Tombstones.Count > 0;
}
