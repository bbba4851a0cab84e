using PushPruner.Cli.Layers;
using PushPruner.Cli.Snapshots;
using PushPruner.Cli.Storage;
using PushPruner.Snapshots;

namespace PushPruner.Cli.Simulate;

/// <summary>
/// Plays what is known of a registry's past under several policies: each push prunes its repository, and a reconcile every Friday night all
/// of them, as the deployed functions do.
/// </summary>
/// <param name="heldUntil">Until when a tag protected what bears it no more, by repository and digest, where that is known.</param>
/// <param name="mounting">How layers are counted; null where images are.</param>
/// <param name="pushesOf">Pushes to a repository of what was there already, which prune as any, where they are known.</param>
sealed class Simulator(
    IReadOnlyList<ComparedPolicy> rivals,
    DateTimeOffset at,
    Func<string, Digest, DateTimeOffset?>? heldUntil = null,
    Func<string, IEnumerable<DateTimeOffset>>? pushesOf = null,
    BlobMounting? mounting = null)
{
    // A clock may be ahead by so much.
    static readonly TimeSpan PossibleClockSkew = TimeSpan.FromDays(1);

    readonly StorageCount without = new(mounting);
    readonly List<StorageCount> counts = [.. rivals.Select(_ => new StorageCount(mounting))];
    int repositories;

    /// <param name="layers">Null where images are counted, or where no manifest of the repository could be read.</param>
    public void Add(RepositorySnapshot snapshot, RepositoryLayers? layers = null)
    {
        repositories++;
        var images = snapshot.Images.Select(v => v.Digest).ToHashSet();
        without.Add(snapshot, images, layers, Come, _ => null);
        var pruneTimes = new PruneTimes(
            snapshot.Manifests.Values
                .Select(f => f.Manifest.PushedAt)
                .OfType<DateTimeOffset>()
                .Concat(pushesOf?.Invoke(snapshot.Repository) ?? []));
        foreach (var (compared, count) in rivals.Zip(counts))
        {
            var expiryTimes = new ExpiryTimes(
                snapshot.Under(compared.KeepNewest, compared.KeepFor),
                heldUntil is null ? null : digest => heldUntil(snapshot.Repository, digest));
            count.Add(
                snapshot,
                images,
                layers,
                Come,
                digest => expiryTimes.Of(digest) is { } due && pruneTimes.Next(due) is var gone && gone <= at ? gone : null);
        }
    }

    public Simulation End()
    {
        var all = without.End("without pruning", "none", at);
        var courses = rivals.Zip(counts, (compared, count) => count.End(compared.Name, compared.Short, at)).Prepend(all);
        return new Simulation(without.Ledger.IsUndated ? [] : [.. courses], repositories);
    }

    // What the rule takes to be in the future hadn't been pushed yet; a clock that is ahead a little must not carry the present beyond its
    // end.
    (bool IsThere, DateTimeOffset? From) Come(Manifest manifest) =>
        (!(manifest.PushedAt > at + PossibleClockSkew), manifest.PushedAt > at ? at : manifest.PushedAt);
}
