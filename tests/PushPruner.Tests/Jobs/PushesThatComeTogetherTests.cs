using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>
/// Pushes that overlap see the same images expire: one of them prunes for all, and whatever becomes of it, its turn ends.
/// </summary>
public class PushesThatComeTogetherTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    [Fact]
    public async Task One_push_deletes_what_the_concurrent_pushes_find_as_well()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 4);
        var (calls, left) = ("", (PruneResult?)null);
        var a = scenario.Pushed("a");
        scenario.Meanwhile("BatchDeleteImage", () =>
        {
            var b = scenario.Pushed("b");
            scenario.ClearCounters();
            left = scenario.HandleAsync(b).GetAwaiter().GetResult();
            calls = scenario.Ecr.Calls.ToString();
        });

        var result = await scenario.HandleAsync(a);

        calls.ShouldBe("DescribeImages 1");
        left!.Why.ShouldNotBeNull().ShouldContain("another push");
        (left.Outcome, left.ExpiredCount).ShouldBe((Outcome.NothingExpired, 0));
        (result.Outcome, result.DeletedCount, result.ExpiredCount, result.Deleted.Count, result.Expired.Count, result.Bytes).ShouldBe(
            (Outcome.Pruned, 4, 4, 4, 4, 4_000));
        scenario.Images.ShouldBe(["a", "b"], "the fourth was moved out by b");
    }

    [Fact]
    public async Task A_turn_costs_three_calls_of_the_index_and_a_fourth_where_the_newest_N_are_old()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 2);
        scenario.ClearCounters();

        (await scenario.PushAsync("new")).DeletedCount.ShouldBe(1);

        scenario.Ecr.Calls.ToString().ShouldBe("BatchDeleteImage 1, DescribeImages 2, ListTagsForResource 1, PutImage 1");
        scenario.Index.Calls.ShouldBe([
            "read",
            "write",
            "due",
            "newest",
            "take lease",
            "read rows",
            "write tombstone",
            "remove",
            "return lease",
            "due",
            "newest",
        ]);
    }

    [Fact]
    public async Task A_push_that_fails_releases_the_lease_and_reports_its_error()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 4);
        scenario.Ecr.Faults.OnCall(call => call.Operation == "BatchDeleteImage" ? Fault.AccessDenied : null);
        (await Should.ThrowAsync<EcrError>(() => scenario.PushAsync("a"))).Code.ShouldBe("AccessDeniedException");
        scenario.Ecr.Faults.Clear();

        (await scenario.PushAsync("b")).DeletedCount.ShouldBe(4);
    }

    [Fact]
    public async Task Pushes_that_come_while_the_lease_holder_is_dead_leave_their_deletes_to_its_retry()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest, images: 4);
        var a = scenario.Pushed("a");
        scenario.Meanwhile("BatchDeleteImage", () =>
        {
            scenario.Index.Before = _ => throw new ConnectionLostException();
            throw new ConnectionLostException();
        });
        await Should.ThrowAsync<ConnectionLostException>(() => scenario.HandleAsync(a));
        scenario.Index.Before = null;

        (await scenario.PushAsync("b")).DeletedCount.ShouldBe(0);
        scenario.Images.ShouldContain("old-1");

        // As soon as Lambda tries an event again.
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        (await scenario.HandleAsync(a)).DeletedCount.ShouldBe(4);
        scenario.Images.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_halted_push_releases_the_lease()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest with { MaxDeletes = 1 }, images: 5);

        (await scenario.PushAsync("a")).Outcome.ShouldBe(Outcome.Halted);
        (await scenario.PushAsync("b")).Outcome.ShouldBe(Outcome.Halted);

        scenario.Index.Calls.Count(c => c == "take lease").ShouldBe(2);
        scenario.Index.Calls.Count(c => c == "return lease").ShouldBe(2);
    }

    [Fact]
    public async Task In_a_dry_run_each_concurrent_push_lists_all_that_is_expired()
    {
        var scenario = await ContentionScenario.InAsync(TwoNewest with { DryRun = true }, images: 3);

        (await scenario.PushAsync("a")).ExpiredCount.ShouldBe(2);
        (await scenario.PushAsync("b")).ExpiredCount.ShouldBe(3);

        scenario.Index.Calls.ShouldNotContain("take lease");
    }
}
