using CsCheck;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Metamorphic;

/// <summary>
/// The same history twice: once each event arrives once and in order, once they arrive in any order within their batch, and earlier ones
/// again at any later time. Registry and rows end the same.
/// </summary>
public class EventsInAnyOrderTests
{
    static readonly Settings Settings = new()
    {
        Policy = new RetentionPolicy { KeepNewest = 3, KeepFor = TimeSpan.FromDays(7), ProtectTags = WildcardSet.Of("latest") },
    };

    // What happens within seconds, a new push among it, and in which order its events arrive. Without that push a duplicate alone would
    // look for what has expired, and delete what somebody promotes a day later.
    static readonly Gen<(Happening[] Happenings, int Order, int Days)[]> SomeHistory =
        Gen.Select(Happening.Some.Array[1, 4], Gen.Int[0, int.MaxValue - 1], Gen.Int[0, 6]).Array[1, 15];

    [Fact]
    public async Task Duplicates_and_permutations_of_events_don_t_change_the_end() =>
        await SomeHistory.SampleAsync(
            async history =>
            {
                var inOrder = await EndAsync(history, isShuffled: false);
                var shuffled = await EndAsync(history, isShuffled: true);

                inOrder.Except(shuffled, StringComparer.Ordinal).Select(line => $"missing: {line}")
                    .Concat(shuffled.Except(inOrder, StringComparer.Ordinal).Select(line => $"instead: {line}")).ShouldBeEmpty();
            },
            iter: 600,
            print: history => string.Join(
                "\n", history.Select(b => $"{string.Join(", ", b.Happenings.AsEnumerable())}; order {b.Order}, then {b.Days} days")));

    static async Task<IReadOnlyList<string>> EndAsync((Happening[] Happenings, int Order, int Days)[] history, bool isShuffled)
    {
        var scenario = new PushScenario(Settings);
        await scenario.KnowsTheRepositoryAsync();
        var arrived = new List<RegistryEvent>();
        var n = 0;
        foreach (var (happenings, request, days) in history)
        {
            var events = happenings
                .Prepend(new(Happening.What.Push, 0))
                .Where(h => h.Kind is not (Happening.What.Days or Happening.What.Hours))
                .SelectMany(h => h.HappenIn(scenario, n++))
                .ToList();
            foreach (var evt in isShuffled ? Shuffled(events, arrived, request) : events)
                await scenario.HandleAsync(evt);
            arrived.AddRange(events);
            scenario.Clock.Advance(TimeSpan.FromDays(days));
        }

        // What an event spares that names it goes with the next.
        for (var last = 0; last < 2; last++)
        {
            scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            await scenario.PushAsync($"last-{last}", $"last-{last}");
        }

        // A promotion whose event is late is taken for as late as the run that saw its tag: seconds here, days never.
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values.OrderBy(r => r.Digest);
        return
        [
            .. scenario.Ecr.Images(PushScenario.App).Select(i => $"{i.Digest} {string.Join('+', i.Tags)} {i.PushedAt:o}"),
            .. rows.Select(r =>
                $"row {r.Digest} {string.Join('+', r.Tags)} {r.RankedAt:o} {r.DueFrom:d} {r.History.PromotedAt:d} "
                    + $"{r.History with { PromotedAt = null, ReadAt = null, PulledBefore = null }}"),
        ];
    }

    // In the order that the number stands for, with some of all that arrived so far in between and once more.
    static List<RegistryEvent> Shuffled(IReadOnlyList<RegistryEvent> events, IReadOnlyList<RegistryEvent> arrived, int request)
    {
        var again = arrived.Concat(events).Where((_, i) => ((request >> (i % 30)) & 1) == 1);
        return
        [
            .. events
                .Concat(again)
                .Select((evt, i) => (Event: evt, Key: (((long)request * 2_654_435_761) + (i * 40_503L)) % 1_009))
                .OrderBy(e => e.Key)
                .Select(e => e.Event),
        ];
    }
}
