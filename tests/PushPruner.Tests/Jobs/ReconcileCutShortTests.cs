using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>A reconcile that ends early, cleanly or not, is gone on with by the next.</summary>
public class ReconcileCutShortTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    static PushScenario Full()
    {
        var scenario = new PushScenario(TwoNewest);
        for (var n = 0; n < 120; n++)
            scenario.HasImage($"u{n}", 60 + n, i => i with { Tags = [] });
        Release.Of("1.0").IsIn(scenario.Ecr, 50);
        Release.Of("2.0").IsIn(scenario.Ecr, 45);
        scenario.HasImages(2, daysOld: 40);
        return scenario;
    }

    static async Task<string> EndStateAsync(PushScenario scenario)
    {
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values.OrderBy(r => r.Digest);
        return string.Join(
            '\n',
            scenario.Images.Concat(rows.Select(r => $"{r.Digest} {string.Join('+', r.Tags)} {r.RankedAt:o} {r.DueFrom:o} {r.History}")));
    }

    [Fact]
    public async Task While_it_lists_it_says_so_and_deletes_nothing()
    {
        var scenario = Full();
        for (var n = 0; n < 2_000; n++)
            scenario.HasImage($"n{n}", 1);
        scenario.ClearCounters();
        scenario.Meanwhile("DescribeImages", () => scenario.Clock.Advance(TimeSpan.FromMinutes(15)));

        var result = await scenario.ReconcileAsync();

        result.ShouldSatisfyAllConditions(
            r => r.Done.ShouldBeFalse(), r => r.Outcome.ShouldBe(Outcome.Deferred), r => r.DeletedCount.ShouldBe(0));
        scenario.Ecr.Calls.Count().ShouldBe(1, "the page during which the time ran short");
    }

    [Fact]
    public async Task Between_two_batches_it_says_what_was_done_and_the_next_does_the_rest()
    {
        var scenario = Full();
        scenario.Meanwhile("BatchDeleteImage", () => scenario.Clock.Advance(TimeSpan.FromMinutes(15)));

        var first = await scenario.ReconcileAsync();
        var second = await scenario.ReconcileAsync();

        first.ShouldSatisfyAllConditions(
            r => r.Done.ShouldBeFalse(),
            r => r.Outcome.ShouldBe(Outcome.Pruned),
            r => r.DeletedCount.ShouldBe(100),
            r => r.ExpiredCount.ShouldBe(122));
        second.ShouldSatisfyAllConditions(r => r.Done.ShouldBeTrue(), r => r.ExpiredCount.ShouldBe(22));
        scenario.Images.ShouldBe(["old-1", "old-2"]);
    }

    [Fact]
    public async Task A_person_who_stops_it_is_heeded_as_cleanly()
    {
        var scenario = Full();
        using var stop = new CancellationTokenSource();
        scenario.Meanwhile("BatchDeleteImage", stop.Cancel);

        var result = await scenario.ReconcileAsync(stop: stop.Token);

        result.ShouldSatisfyAllConditions(r => r.Done.ShouldBeFalse(), r => r.DeletedCount.ShouldBe(100));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dying_at_any_call_before_or_after_its_effect_and_running_again_ends_the_same(bool hasEffect)
    {
        var whole = Full();
        await whole.ReconcileAsync();
        await whole.ReconcileAsync();
        var expected = await EndStateAsync(whole);

        var isOver = false;
        var deaths = 0;
        for (var k = 0; !isOver; k++)
        {
            var scenario = Full();
            isOver = !await DiesAtAsync(scenario, k, hasEffect);
            deaths += isOver ? 0 : 1;
            await scenario.ReconcileAsync();
            await scenario.ReconcileAsync();

            (await EndStateAsync(scenario)).ShouldBe(expected, $"after dying at call {k}");
        }

        deaths.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Wherever_it_dies_no_index_has_a_place_before_its_members_know_whose_they_are()
    {
        for (var (k, isOver) = (0, false); !isOver; k++)
        {
            var scenario = new PushScenario(TwoNewest);
            Release.Of("1.0").IsIn(scenario.Ecr, 5);
            Release.Of("2.0").IsIn(scenario.Ecr, 4);
            isOver = !await DiesAtAsync(scenario, k, hasEffect: false);

            var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;
            foreach (var index in rows.Values.Where(r => r.RankedAt is not null && r.History.Members is not null))
            {
                index.History.Members!.ShouldAllBe(
                    m => rows.ContainsKey(m) && rows[m].History.Owners.Contains(index.Digest), $"after dying at call {k}");
            }
        }
    }

    [Fact]
    public async Task Parts_that_were_left_when_it_died_are_found_by_the_next_push()
    {
        var scenario = new PushScenario(TwoNewest);
        var release = Release.Of("1.0");
        release.IsIn(scenario.Ecr, 40);
        scenario.HasImages(2, daysOld: 20);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Expire(PushScenario.App, release.List.Digest).ShouldBeTrue();
        scenario.Ecr.Faults.OnCall(call => call.Operation == "BatchDeleteImage" ? Fault.LostConnection : null);
        await Should.ThrowAsync<DeleteUnansweredException>(() => scenario.ReconcileAsync());
        scenario.Ecr.Faults.Clear();

        await scenario.PushAsync("new");

        scenario.Images.ShouldBe(["new", "old-1", "old-2"]);
    }

    // The calls to the index are counted in the tens of rows: each is died at once, and those to ECR each.
    static async Task<bool> DiesAtAsync(PushScenario scenario, int k, bool hasEffect)
    {
        var left = k;
        scenario.Index.Before = _ => Count();
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (left-- != 0)
                return null;
            if (hasEffect && call is { Operation: "BatchDeleteImage" })
                scenario.Ecr.Faults.LoseAnswerOfNext("BatchDeleteImage");
            return hasEffect && call is { Operation: "BatchDeleteImage" } ? null : Fault.LostConnection;
        });
        try
        {
            await scenario.ReconcileAsync();
            return false;
        }
        catch (Exception e) when (e is ConnectionLostException or EcrError)
        {
            return true;
        }
        finally
        {
            scenario.Index.Before = null;
            scenario.Ecr.Faults.Clear();
        }

        void Count()
        {
            if (left-- == 0)
                throw new ConnectionLostException();
        }
    }
}
