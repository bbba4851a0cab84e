using CsCheck;
using PushPruner.Listing;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Tests.Given;
using PushPruner.Tests.Simulation;

namespace PushPruner.Tests.Hostile;

/// <summary>
/// Rows that are readable and nonsense, as somebody with an editor could leave them: times at both ends of the calendar, places that
/// nothing earned, rows of manifests that never were, a state that asks for other things than the resource tags. A run on them doesn't
/// fail, deletes nothing that the rule keeps, and a reconcile sets them right. What the index alone knows, kinship and proofs, is left
/// alone: it is believed.
/// </summary>
public class RowsOfJunkTests
{
    static readonly Settings Settings = new()
    {
        Policy = new RetentionPolicy
        {
            KeepNewest = 3, KeepFor = TimeSpan.FromDays(30), ProtectTags = WildcardSet.Of("latest"), KeepPulledFor = TimeSpan.FromDays(7),
        },
    };

    static readonly Gen<DateTimeOffset?> SomeTime = Gen.OneOf(
        Pick.Of<DateTimeOffset?>(
            null,
            DateTimeOffset.MinValue,
            DateTimeOffset.MaxValue,
            DateTimeOffset.UnixEpoch,
            PushScenario.Noon,
            PushScenario.Noon.AddDays(-30),
            PushScenario.Noon.AddDays(-31),
            PushScenario.Noon.AddYears(50)),
        Gen.Int[-100, 100].Select(days => (DateTimeOffset?)PushScenario.Noon.AddDays(days)));

    static readonly Gen<Scribble> SomeScribble = Gen.OneOf(
        SomeTime.Select(time => new Scribble($"pushed at {time}", row => row with { PushedAt = time })),
        // A place at the very instant of the push is a proof.
        SomeTime
            .Where(time => time?.Year is null or (> 1 and < 9999))
            .Select(time => new Scribble($"ranked at {time}", row => row with { Stream = Kind.Image, RankedAt = time?.AddTicks(7) })),
        Pick.Of(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
            .Select(time => new Scribble($"ranked at {time}", row => row with { Stream = Kind.Image, RankedAt = time })),
        SomeTime.Select(time => new Scribble($"due from {time}", row => row with { DueFrom = time })),
        SomeTime.Select(time => new Scribble($"promoted at {time}", row => row with { History = row.History with { PromotedAt = time } })),
        Gen.Select(SomeTime, SomeTime)
            .Select(
                (read, before) => new Scribble(
                    $"read at {read}, pulled before at {before}",
                    row => row with { History = row.History with { ReadAt = read, PulledBefore = before } }
                )),
        Pick.Of<string[]>([], ["latest"], ["", "\0", "a b"], [new('t', 5_000)])
            .Select(tags => new Scribble($"tags {string.Join('+', tags)}", row => row with { Tags = tags })),
        Pick.Of(long.MinValue, -1, 0, long.MaxValue).Select(bytes => new Scribble($"{bytes} bytes", row => row with { Bytes = bytes })));

    static readonly Gen<RepositoryState> SomeState = Gen.Select(
            SomeTime,
            SomeTime,
            Pick.Of<int?>(null, 1, Setting.MostNewest),
            Pick.Of<TimeSpan?>(null, TimeSpan.Zero, TimeSpan.FromDays(Setting.LongestDays)),
            Pick.Of<string[]>([], ["*"], [""], [new('*', 5_000)]),
            Pick.Of(true, true, false),
            Pick.Of(null, null, "", "nonsense"))
        .Select(
            (listed, deferred, newest, keepFor, patterns, enabled, malformed) =>
                new RepositoryState
                {
                    ListedAt = listed,
                    DeferredAt = deferred,
                    Overrides = new()
                    {
                        KeepNewest = newest,
                        KeepFor = keepFor,
                        ProtectTags = WildcardSet.Of(patterns),
                        Enabled = enabled,
                        Malformed = malformed,
                    },
                });

    [Fact]
    public async Task They_make_no_run_fail_and_nothing_go_that_the_rule_keeps_and_a_reconcile_sets_them_right() =>
        await Gen.Select(Gen.Select(Gen.Int[0, 30], SomeScribble).Array[0, 30], SomeState, Gen.Bool)
            .SampleAsync(
                async (rows, state, isStateJunk) =>
                {
                    var scenario = new PushScenario(Settings);
                    var relations = Fill(scenario);
                    await scenario.KnowsTheRepositoryAsync();
                    await ScribbleAsync(scenario, rows);
                    if (isStateJunk)
                    {
                        await scenario.Index.TryWriteStateAsync(
                            PushScenario.App,
                            state with
                            {
                                Revision = (await scenario.Index.ReadAsync(PushScenario.App, [], null, default)).State!.Revision,
                            },
                            default);
                    }

                    var checker = new InvariantChecker(scenario.Ecr, relations, Settings, tag => tag == "latest");
                    checker.Begin(digest: null, scenario.Clock.GetUtcNow());

            await scenario.PushAsync("new");
            checker.Compare(scenario.Clock.GetUtcNow());
            await scenario.ReconcileAsync();
            checker.Compare(scenario.Clock.GetUtcNow());
            await scenario.ReconcileAsync();
            checker.Compare(scenario.Clock.GetUtcNow());

            checker.Violations.ShouldBeEmpty();
            (await scenario.ReconcileAsync()).Drift.ShouldBe(Drift.None);
        }, iter: 1_000, print: input => $"{string.Join("; ", input.Item1.AsEnumerable())}; {(input.Item3 ? input.Item2 : "")}");

    static Relations Fill(PushScenario scenario)
    {
        var relations = new Relations();
        foreach (var (name, days) in ((string, double)[])[("1.0", 90), ("2.0", 50), ("3.0", 10)])
        {
            var release = Release.Of(name);
            release.IsIn(scenario.Ecr, days);
            relations.Add(release);
        }

        scenario.HasImages(4, daysOld: 40);
        scenario.HasImage("latest", 60);
        scenario.HasImage("pulled", 70, i => i with { LastRecordedPullTime = PushScenario.Noon.AddDays(-1) });
        return relations;
    }

    // On the row in that place or, past the last, on one of a manifest that never was.
    static async Task ScribbleAsync(PushScenario scenario, IEnumerable<(int At, Scribble Scribble)> scribbles)
    {
        foreach (var (at, scribble) in scribbles)
        {
            var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values.OrderBy(r => r.Digest).ToList();
            var row =
                at < rows.Count
                    ? rows[at]
                    : new IndexRow
                    {
                        Digest = A.DigestOf(at),
                        Stream = Kind.Image,
                        RankedAt = PushScenario.Noon.AddHours(-at),
                        DueFrom = PushScenario.Noon.AddDays(-50),
                    };
            await scenario.Index.TryWriteAsync(PushScenario.App, scribble.On(row), default);
        }
    }

    sealed record Scribble(string What, Func<IndexRow, IndexRow> On)
    {
        public override string ToString() => What;
    }
}
