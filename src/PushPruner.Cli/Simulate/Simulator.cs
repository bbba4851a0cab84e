using PushPruner.Cli.Storage;

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

/// <summary>When a repository is pruned: at each push to it, and by the weekly reconcile.</summary>
sealed class PruneTimes
{
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    // The template's schedule if it is not given another.
    static readonly DateTimeOffset SomeReconcile = new(2026, 1, 2, 22, 0, 0, TimeSpan.Zero);

    readonly List<DateTimeOffset> pushes;

    public PruneTimes(IEnumerable<DateTimeOffset> pushes) => this.pushes = [.. pushes.Distinct().Order()];

    /// <summary>The first at or after an instant.</summary>
    public DateTimeOffset Next(DateTimeOffset from)
    {
        var weeks = Math.Ceiling((from - SomeReconcile) / Week);
        var reconcile = SomeReconcile + (weeks * Week);
        var push = pushes.BinarySearch(from);
        push = push < 0 ? ~push : push;
        return push < pushes.Count && pushes[push] < reconcile ? pushes[push] : reconcile;
    }
}

/// <summary>A policy to compare: its two numbers.</summary>
sealed record ComparedPolicy(int KeepNewest, TimeSpan KeepFor)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"newest {KeepNewest}, {KeepFor.TotalDays} days");

    public string Short => string.Create(CultureInfo.InvariantCulture, $"{KeepNewest}/{KeepFor.TotalDays}");

    /// <summary>Reads N/X.</summary>
    /// <exception cref="SettingException">It is something else.</exception>
    public static ComparedPolicy Read(string name, string text) =>
        text.Split('/') is [var newest, var days]
            ? new(Setting.KeepNewest($"{name} {text}: N", newest), Setting.Days($"{name} {text}: X", days))
            : throw new SettingException(name, text, "N/X, how many of the newest and how many days, such as 10/30");
}
