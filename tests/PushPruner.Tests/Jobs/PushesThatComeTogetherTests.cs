using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>Pushes that overlap see the same images expire: one of them prunes for all, and none is passed over.</summary>
public class PushesThatComeTogetherTests
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2 } };

    [Fact]
    public async Task One_prunes_what_the_others_find_too()
    {
        var world = await CrowdAsync(TwoNewest, images: 4);
        var (calls, left) = ("", (PruneResult?)null);
        var a = world.Pushed("a");
        world.Meanwhile("BatchDeleteImage", () =>
        {
            var b = world.Pushed("b");
            world.ClearCounters();
            left = world.HandleAsync(b).GetAwaiter().GetResult();
            calls = world.Ecr.Calls.ToString();
        });

        var result = await world.HandleAsync(a);

        calls.ShouldBe("DescribeImages 1");
        left!.Why.ShouldNotBeNull().ShouldContain("another push");
        (left.Outcome, left.ExpiredCount).ShouldBe((Outcome.NothingExpired, 0));
        (result.Outcome, result.DeletedCount, result.ExpiredCount, result.Deleted.Count, result.Expired.Count, result.Bytes).ShouldBe((Outcome.Pruned, 4, 4, 4, 4, 4_000));
        world.Images.ShouldBe(["a", "b"], "the fourth was moved out by b");
    }

    [Fact]
    public async Task What_a_push_leaves_to_another_is_seen_by_that_one_s_last_look()
    {
        var world = await CrowdAsync(TwoNewest, images: 4);
        // When all has been asked and deleted, and only the turn is left to be given back.
        world.Index.Before = name =>
        {
            if (name != "return lease")
                return;

            world.Index.Before = null;
            world.PushAsync("b").GetAwaiter().GetResult().DeletedCount.ShouldBe(0);
        };

        var result = await world.PushAsync("a");

        (result.Outcome, result.DeletedCount).ShouldBe((Outcome.Pruned, 4));
        world.Images.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_push_that_finds_gone_what_it_asks_for_makes_the_next_take_turns_for_a_day()
    {
        var world = new World(TwoNewest);
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("old-1");
        await world.PushAsync("a");
        world.Index.Calls.ShouldNotContain("take lease");

        world.Clock.Advance(Turn.CrowdLasts - TimeSpan.FromTicks(1));
        (await world.PushAsync("b")).DeletedCount.ShouldBe(1);
        world.Index.Calls.ShouldContain("take lease");

        world.HasImage("old", 40);
        await world.ReconcileAsync(new ReconcileOrder(World.App) { DryRun = true });
        world.ClearCounters();
        world.Clock.Advance(TimeSpan.FromTicks(1));
        (await world.PushAsync("c")).DeletedCount.ShouldBe(1);
        world.Index.Calls.ShouldNotContain("take lease");
    }

    [Fact]
    public async Task Pushes_that_never_met_take_no_turns()
    {
        var world = new World(TwoNewest);
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();

        (await world.PushAsync("a")).DeletedCount.ShouldBe(3);
        (await world.PushAsync("b")).DeletedCount.ShouldBe(1);

        world.Index.Calls.ShouldNotContain("take lease");
        world.Index.Calls.ShouldNotContain("return lease");
        world.Index.Calls.ShouldNotContain("write state");
    }

    [Fact]
    public async Task A_turn_costs_three_calls_of_the_index_and_a_fourth_where_the_newest_N_are_old()
    {
        var world = await CrowdAsync(TwoNewest, images: 2);
        world.ClearCounters();

        (await world.PushAsync("new")).DeletedCount.ShouldBe(1);

        world.Ecr.Calls.ToString().ShouldBe("BatchDeleteImage 1, DescribeImages 2, ListTagsForResource 1, PutImage 1");
        world.Index.Calls.ShouldBe(["read", "write", "due", "newest", "take lease", "read rows", "bury", "remove", "return lease", "due", "newest"]);
    }

    [Fact]
    public async Task What_was_pruned_is_told_also_where_the_last_look_finds_it_another_s_turn()
    {
        var world = await CrowdAsync(TwoNewest, images: 4);
        world.Index.Before = name =>
        {
            if (name != "return lease")
                return;

            world.Index.Before = null;
            world.PushAsync("b").GetAwaiter().GetResult().DeletedCount.ShouldBe(0);
            world.Index.After = after =>
            {
                if (after != "return lease")
                    return;

                world.Index.After = null;
                world.Index.TryTakeLeaseAsync(World.App, new Lease("another", World.Noon + Lease.Longest), default).GetAwaiter().GetResult().ShouldBeTrue();
            };
        };

        var result = await world.PushAsync("a");

        (result.Outcome, result.DeletedCount, result.ExpiredCount).ShouldBe((Outcome.Pruned, 3, 3));
        result.Why.ShouldNotBeNull().ShouldContain("another push");
        world.Images.ShouldBe(["a", "b", "old-4"]);
    }

    [Fact]
    public async Task Where_there_is_always_a_crowd_turns_go_on_without_a_gap()
    {
        var world = await CrowdAsync(TwoNewest, images: 4);
        world.Clock.Advance(Turn.CrowdLasts / 2);
        await LeaveAsync("a");
        (await CrowdedUntilAsync(world)).ShouldBe(World.Noon + Turn.CrowdLasts, "a half is left");

        world.Clock.Advance(TimeSpan.FromTicks(1));
        await LeaveAsync("b");

        (await CrowdedUntilAsync(world)).ShouldBe(world.Clock.GetUtcNow() + Turn.CrowdLasts);

        async Task LeaveAsync(string tag)
        {
            var lease = new Lease("another", world.Clock.GetUtcNow() + Lease.Longest);
            (await world.Index.TryTakeLeaseAsync(World.App, lease, default)).ShouldBeTrue();
            (await world.PushAsync(tag)).DeletedCount.ShouldBe(0);
            await world.Index.ReturnLeaseAsync(World.App, lease, default);
        }
    }

    [Fact]
    public async Task A_reconcile_leaves_the_turns_as_they_are()
    {
        var world = await CrowdAsync(TwoNewest, images: 4);

        await world.ReconcileAsync();

        (await CrowdedUntilAsync(world)).ShouldBe(World.Noon + Turn.CrowdLasts);
    }

    [Fact]
    public async Task A_crowd_that_is_noted_while_a_reconcile_lists_stays_noted()
    {
        var world = new World(TwoNewest);
        world.HasImages(2, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.ResourceTag("pushpruner:keep-days", "20");
        var until = World.Noon + Turn.CrowdLasts;
        world.Meanwhile("ListTagsForResource", () => NoteAsync().GetAwaiter().GetResult());

        await world.ReconcileAsync();

        var state = (await world.Index.ReadAsync(World.App, [], tag: null, default)).State.ShouldNotBeNull();
        (state.CrowdedUntil, state.Overrides.KeepFor).ShouldBe((until, TimeSpan.FromDays(20)));

        async Task NoteAsync()
        {
            var before = (await world.Index.ReadAsync(World.App, [], tag: null, default)).State.ShouldNotBeNull();
            (await world.Index.TryWriteStateAsync(World.App, before with { CrowdedUntil = until }, default)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_dry_run_makes_nobody_take_turns()
    {
        var world = new World(TwoNewest with { DryRun = true });
        world.HasImages(4, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("old-1");

        await world.PushAsync("a");

        (await CrowdedUntilAsync(world)).ShouldBeNull();
    }

    [Fact]
    public async Task One_that_fails_gives_its_turn_back_and_tells_what_it_failed_with()
    {
        var world = await CrowdAsync(TwoNewest, images: 4);
        world.Ecr.Faults.OnCall(call => call.Operation == "BatchDeleteImage" ? Fault.AccessDenied : null);
        (await Should.ThrowAsync<EcrError>(() => world.PushAsync("a"))).Code.ShouldBe("AccessDeniedException");
        world.Ecr.Faults.Clear();

        (await world.PushAsync("b")).DeletedCount.ShouldBe(4);
    }

    [Fact]
    public async Task Those_that_come_while_one_lies_dead_leave_theirs_to_its_retry()
    {
        var world = await CrowdAsync(TwoNewest, images: 4);
        var a = world.Pushed("a");
        world.Meanwhile("BatchDeleteImage", () =>
        {
            world.Index.Before = _ => throw new ConnectionLostException();
            throw new ConnectionLostException();
        });
        await Should.ThrowAsync<ConnectionLostException>(() => world.HandleAsync(a));
        world.Index.Before = null;

        (await world.PushAsync("b")).DeletedCount.ShouldBe(0);
        world.Images.ShouldContain("old-1");

        world.Clock.Advance(Lease.Longest);
        (await world.HandleAsync(a)).DeletedCount.ShouldBe(4);
        world.Images.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task What_ECR_refuses_is_asked_for_once_a_run()
    {
        var world = await CrowdAsync(TwoNewest, images: 8, registry => new Simulation.RefusingSome(registry));
        world.ClearCounters();

        var result = await world.PushAsync("new");

        result.FailedCount.ShouldBeGreaterThan(0, "or this test shows nothing");
        world.Index.Calls.Count(c => c == "take lease").ShouldBe(1);
    }

    [Fact]
    public async Task One_that_is_halted_gives_its_turn_back()
    {
        var world = await CrowdAsync(TwoNewest with { MaxDeletes = 1 }, images: 5);

        (await world.PushAsync("a")).Outcome.ShouldBe(Outcome.Halted);
        (await world.PushAsync("b")).Outcome.ShouldBe(Outcome.Halted);

        world.Index.Calls.Count(c => c == "take lease").ShouldBe(2);
        world.Index.Calls.Count(c => c == "return lease").ShouldBe(2);
    }

    [Fact]
    public async Task In_a_dry_run_each_tells_all()
    {
        var world = await CrowdAsync(TwoNewest with { DryRun = true }, images: 3);

        (await world.PushAsync("a")).ExpiredCount.ShouldBe(2);
        (await world.PushAsync("b")).ExpiredCount.ShouldBe(3);

        world.Index.Calls.ShouldNotContain("take lease");
    }

    [Fact]
    public async Task What_was_proposed_wrongly_and_is_due_by_the_other_push_is_seen_by_the_last_look()
    {
        var world = await CrowdAsync(TwoNewest, images: 2);
        // The index takes c for one of the newest, so old-2 is proposed; without c it is one of them itself.
        await world.PushAsync("c");
        world.Images.ShouldBe(["c", "old-2"]);
        var a = world.Pushed("a");
        world.DeletedByHand("c");
        PushBeforeTheTurnIsReturned(world, "b");

        await world.HandleAsync(a);

        world.Images.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task More_than_a_run_may_delete_is_not_deleted_in_two_looks_either()
    {
        var world = await CrowdAsync(TwoNewest with { MaxDeletes = 3 }, images: 4);
        PushBeforeTheTurnIsReturned(world, "b");

        var result = await world.PushAsync("a");

        (result.Outcome, result.DeletedCount, result.ExpiredCount).ShouldBe((Outcome.Pruned, 3, 3));
        result.Why.ShouldNotBeNull().ShouldContain("the next push goes on");
        world.Images.ShouldBe(["a", "b", "old-4"]);

        (await world.PushAsync("c")).DeletedCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_last_look_that_finds_more_than_a_run_may_delete_is_halted_and_says_so()
    {
        var world = await CrowdAsync(new Settings { MaxDeletes = 3, Policy = new RetentionPolicy { KeepNewest = 2, KeepFor = TimeSpan.Zero } }, images: 4);
        PushBeforeTheTurnIsReturned(world, "b", "c", "d", "e", "f");

        var result = await world.PushAsync("a");

        (result.Outcome, result.DeletedCount).ShouldBe((Outcome.Halted, 3));
        result.Why.ShouldNotBeNull().ShouldContain("at least 4 images");
    }

    [Fact]
    public async Task What_ECR_refuses_at_both_looks_is_one_image()
    {
        var world = await CrowdAsync(TwoNewest, images: 3, registry => new Simulation.RefusingSome(registry));
        PushBeforeTheTurnIsReturned(world, "b");

        var result = await world.PushAsync("a");

        (result.ExpiredCount, result.Expired.Count).ShouldBe((3, 3));
        result.FailedCount.ShouldBeGreaterThan(0, "or this test shows nothing");
    }

    [Fact]
    public async Task That_another_push_could_not_read_an_index_is_doubt_at_the_last_look()
    {
        var world = await CrowdAsync(TwoNewest, images: 1);
        var untagged = world.HasImage("untagged", 35, image => image with { Tags = [] });
        await world.ReconcileAsync(new ReconcileOrder(World.App) { DryRun = true });
        world.Index.Before = name =>
        {
            if (name != "return lease")
                return;

            world.Index.Before = null;
            NoteAsync().GetAwaiter().GetResult();
        };

        (await world.PushAsync("a")).DeletedCount.ShouldBe(1);

        world.Images.ShouldBe(["a", "b", untagged.Value[..14]]);

        async Task NoteAsync()
        {
            (await world.PushAsync("b")).Why.ShouldNotBeNull().ShouldContain("another push");
            var state = (await world.Index.ReadAsync(World.App, [], tag: null, default)).State.ShouldNotBeNull();
            await world.Index.TryWriteStateAsync(World.App, state with { Unreadable = Digest.Parse("sha256:" + new string('1', 64)) }, default);
        }
    }

    static void PushBeforeTheTurnIsReturned(World world, params string[] tags) => world.Index.Before = name =>
    {
        if (name != "return lease")
            return;

        world.Index.Before = null;
        foreach (var tag in tags)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            world.PushAsync(tag).GetAwaiter().GetResult().DeletedCount.ShouldBe(0);
        }
    };

    static async Task<DateTimeOffset?> CrowdedUntilAsync(World world) =>
        (await world.Index.ReadAsync(World.App, [], tag: null, default)).State.ShouldNotBeNull().CrowdedUntil;

    // Pushes got in each other's way there.
    static async Task<World> CrowdAsync(Settings settings, int images, Func<IRegistry, IRegistry>? registrySeen = null)
    {
        var world = new World(settings) { RegistrySeen = registrySeen ?? (registry => registry) };
        world.HasImages(images, daysOld: 40);
        await world.KnowsTheRepositoryAsync();
        var state = (await world.Index.ReadAsync(World.App, [], tag: null, default)).State.ShouldNotBeNull();
        await world.Index.TryWriteStateAsync(World.App, state with { CrowdedUntil = World.Noon + Turn.CrowdLasts }, default);
        return world;
    }
}
