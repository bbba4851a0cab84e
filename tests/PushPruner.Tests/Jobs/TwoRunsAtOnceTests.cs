using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>What another run writes between a run's read and its write is not lost.</summary>
public class TwoRunsAtOnceTests
{
    // When the run is about to make this call to the index, another event is handled whole.
    static void Meanwhile(PushScenario world, string call, Func<Task> happens) => world.Index.Before = name =>
    {
        if (name != call)
            return;

        world.Index.Before = null;
        happens().GetAwaiter().GetResult();
    };

    [Fact]
    public async Task The_later_promotion_stands_although_the_earlier_run_writes_last()
    {
        var world = new PushScenario();
        var old = world.HasImage("old", 50);
        await world.KnowsTheRepositoryAsync();
        var first = world.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "first")).Event!;
        world.Clock.Advance(TimeSpan.FromHours(1));
        Meanwhile(world, "write", async () => await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "second")).Event!));

        await world.HandleAsync(first);

        var row = (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[old];
        row.History.PromotedAt.ShouldBe(PushScenario.Noon.AddHours(1));
        row.Tags.ShouldBe(["first", "old", "second"]);
    }

    [Fact]
    public async Task A_row_that_was_pushed_again_while_it_was_found_gone_is_not_removed()
    {
        var world = new PushScenario();
        var image = world.HasImage("x", 1);
        await world.KnowsTheRepositoryAsync();
        var evt = new RegistryEvent { Id = "e", DetailType = "", ActionType = "PUSH", Repository = PushScenario.App, Digest = image.Value, Tag = "x", At = PushScenario.Noon, Json = "" };
        world.DeletedByHand("x");
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Meanwhile(world, "remove", async () => await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("x", 1_000).Put(PushScenario.App, "x")).Event!));

        await world.HandleAsync(evt);

        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows.ShouldContainKey(image);
    }

    [Theory]
    [InlineData("ListTagsForResource", 3)]
    [InlineData("DescribeImages", 2)]
    public async Task What_the_other_has_just_deleted_is_taken_out_without_asking_for_it_again(string operation, int callsFromThere)
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 2 } });
        world.HasImages(2, daysOld: 40);
        world.HasImage("kept", 1);
        world.HasImage("young", 0.5);
        await world.KnowsTheRepositoryAsync();
        var pushed = world.Pushed("first");
        // Before its rows are read, or after.
        world.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == operation && call.IdCount != 1)
            {
                world.Ecr.Faults.Clear();
                world.PushAsync("second").GetAwaiter().GetResult().DeletedCount.ShouldBe(2);
                world.ClearCounters();
            }

            return null;
        });

        var result = await world.HandleAsync(pushed);

        (result.Outcome, result.DeletedCount).ShouldBe((Outcome.NothingExpired, 0));
        world.Images.ShouldBe(["first", "kept", "second", "young"]);
        world.Ecr.Calls.ToString().ShouldBe($"DescribeImages {callsFromThere}", "each that is gone fails a call, which is made again without it");
        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_was_found_gone_and_is_pushed_again_keeps_its_row()
    {
        var world = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 2 } });
        var old = world.HasImage("old", 50);
        world.HasImages(2, daysOld: 1);
        await world.KnowsTheRepositoryAsync();
        world.DeletedByHand("old");
        Meanwhile(world, "bury", async () => await world.HandleAsync(world.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "old")).Event!));

        await world.PushAsync("new");

        world.Images.ShouldContain("old");
        (await world.Index.ReadAllAsync(PushScenario.App, default)).Rows[old].PushedAt.ShouldBe(PushScenario.Noon);
    }

    [Fact]
    public async Task A_dry_run_halts_like_the_real_one()
    {
        var world = new PushScenario(new Settings { MaxDeletes = 2, DryRun = true, Policy = new RetentionPolicy { KeepNewest = 1 } });
        world.HasImages(5, daysOld: 40);

        var result = await world.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Halted);
        result.Deleted.ShouldBeEmpty();
    }
}
