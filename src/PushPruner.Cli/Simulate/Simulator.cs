using PushPruner.Cli.Surveys;
using PushPruner.Jobs;

namespace PushPruner.Cli.Simulate;

/// <summary>
/// Plays what is known of a registry's past under several policies: each push prunes its repository, and a reconcile every Friday night all
/// of them, as the deployed functions do.
/// </summary>
/// <param name="heldUntil">Until when a tag protected what bears it no more, by repository and digest, where that is known.</param>
/// <param name="pushesOf">Pushes to a repository of what was there already, which prune as any, where they are known.</param>
sealed class Simulator(
    IReadOnlyList<Rival> rivals, DateTimeOffset at, Func<string, Digest, DateTimeOffset?>? heldUntil = null, Func<string, IEnumerable<DateTimeOffset>>? pushesOf = null)
{
    // A clock may be ahead by so much; what the rule takes to be in the future hadn't been pushed yet.
    static readonly TimeSpan PossibleClockSkew = TimeSpan.FromDays(1);

    readonly Ledger without = new();
    readonly List<Ledger> ledgers = [.. rivals.Select(_ => new Ledger())];
    int repositories;

    public void Add(Survey survey)
    {
        repositories++;
        var images = survey.Images.Select(v => v.Digest).ToHashSet();
        foreach (var ledger in ledgers.Prepend(without))
        {
            foreach (var fact in survey.Facts.Values.Where(f => !(f.Manifest.PushedAt > at + PossibleClockSkew)))
                ledger.Come(Known(fact.Manifest.PushedAt), images.Contains(fact.Digest) ? 1 : 0, fact.Manifest.OwnBytes);
        }

        var occasions = new Occasions(survey.Facts.Values.Select(f => f.Manifest.PushedAt).OfType<DateTimeOffset>().Concat(pushesOf?.Invoke(survey.Repository) ?? []));
        foreach (var (rival, ledger) in rivals.Zip(ledgers))
            Prune(survey.Under(rival.KeepNewest, rival.KeepFor), images, occasions, ledger);
    }

    public Simulation End()
    {
        if (without.First is null)
            return new Simulation([], repositories);

        return new Simulation(
            [Course("without pruning", "none", without), .. rivals.Zip(ledgers, (rival, ledger) => Course(rival.Name, rival.Short, ledger))], repositories);
    }

    void Prune(Survey survey, HashSet<Digest> images, Occasions occasions, Ledger ledger)
    {
        var departures = new Departures(survey, heldUntil is null ? null : digest => heldUntil(survey.Repository, digest));
        foreach (var fact in survey.Facts.Values)
        {
            if (departures.Of(fact.Digest) is { } due && occasions.Next(due) is var gone && gone <= at)
                ledger.Go(gone, images.Contains(fact.Digest) ? 1 : 0, fact.Manifest.OwnBytes);
        }
    }

    Course Course(string name, string shortName, Ledger ledger) => new(name, shortName, ledger.Points(), ledger.Deleted, at);

    // A clock that is ahead must not carry the present beyond its end.
    DateTimeOffset? Known(DateTimeOffset? time) => time > at ? at : time;
}
