using System.Globalization;
using CsCheck;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>
/// The same history twice, once with all of its events and once with half of them: the reconcile makes up for what was lost.
/// </summary>
public class LostEventsTests
{
    enum What
    {
        Push,
        PushUntagged,
        MoveLatest,
        PushRelease,
        Days,
        Hours,
    }

    sealed record Happening(What What, int Pick, bool IsLost);

    static readonly Settings Settings = new()
    {
        Policy = new RetentionPolicy { KeepNewest = 3, KeepFor = TimeSpan.FromDays(10), ProtectTags = WildcardSet.Of("latest") },
    };

    static readonly Gen<Happening[]> SomeHistory = Gen.Select(
            Pick.Of(What.Push, What.Push, What.PushUntagged, What.MoveLatest, What.PushRelease, What.Days, What.Days, What.Hours),
            Gen.Int[0, 1_000],
            Gen.Bool)
        .Select((what, pick, isLost) => new Happening(what, pick, isLost))
        .Array[1, 40];

    [Fact]
    public async Task Losing_half_of_all_events_and_reconciling_ends_as_losing_none() =>
        await SomeHistory.SampleAsync(
            async history => (await EndAsync(history, losing: true)).ShouldBe(await EndAsync(history, losing: false)),
            iter: 500,
            print: history => string.Join(", ", history.AsEnumerable()));

    static async Task<string> EndAsync(IEnumerable<Happening> history, bool losing)
    {
        var scenario = new PushScenario(Settings);
        var n = 0;
        foreach (var happening in history)
        {
            scenario.Clock.Advance(TimeSpan.FromSeconds(1));
            var name = (++n).ToString(CultureInfo.InvariantCulture);
            List<RegistryEvent> events = happening.What switch
            {
                What.Push => [scenario.Pushed($"v{name}", name)],
                What.PushUntagged => [scenario.Pushed(null, name)],
                What.MoveLatest => [scenario.Pushed("latest", name)],
                What.PushRelease => [.. Release.Of($"r{name}").Puts.Select(put => scenario.Ecr.PutImage(put).Event!)],
                _ => [],
            };
            scenario.Clock.Advance(happening.What switch
            {
                What.Days => TimeSpan.FromDays(happening.Pick % 6),
                What.Hours => TimeSpan.FromHours(happening.Pick % 24),
                _ => TimeSpan.Zero,
            });

            // Of the events of one push some may arrive and others not.
            foreach (var (evt, at) in events.Select((evt, at) => (evt, at)))
            {
                if (!losing || ((happening.Pick >> at) % 2 == 1) == happening.IsLost)
                    await scenario.HandleAsync(evt);
            }
        }

        // By now everything has settled.
        scenario.Clock.Advance(TimeSpan.FromHours(2));
        await scenario.ReconcileAsync();
        await scenario.ReconcileAsync();
        // What had to be read differs: what a row proves needs no reading.
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values.OrderBy(r => r.Digest);
        return string.Join(
            '\n',
            scenario.Images.Concat(
                rows.Select(r =>
                    $"{r.Digest} {string.Join('+', r.Tags)} {r.RankedAt:o} {r.DueFrom:o} "
                        + $"{r.History with { ReadAt = null, PulledBefore = null, Kind = null }}")));
    }
}
