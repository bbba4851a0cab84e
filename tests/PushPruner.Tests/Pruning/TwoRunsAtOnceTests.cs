using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>What another run writes between a run's read and its write is not lost.</summary>
public class TwoRunsAtOnceTests
{
    // When the run is about to make this call to the index, another event is handled whole.
    static void Meanwhile(PushScenario scenario, string call, Func<Task> happens) => scenario.Index.Before = name =>
    {
        if (name != call)
            return;

        scenario.Index.Before = null;
        happens().GetAwaiter().GetResult();
    };

    [Fact]
    public async Task The_later_promotion_stands_although_the_earlier_run_writes_last()
    {
        var scenario = new PushScenario();
        var old = scenario.HasImage("old", 50);
        await scenario.KnowsTheRepositoryAsync();
        var first = scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "first")).Event!;
        scenario.Clock.Advance(TimeSpan.FromHours(1));
        Meanwhile(
            scenario,
            "write",
            async () => await scenario.HandleAsync(
                scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "second")).Event!));

        await scenario.HandleAsync(first);

        var row = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[old];
        row.History.PromotedAt.ShouldBe(PushScenario.Noon.AddHours(1));
        row.Tags.ShouldBe(["first", "old", "second"]);
    }

    [Fact]
    public async Task A_row_that_was_pushed_again_while_it_was_found_gone_is_not_removed()
    {
        var scenario = new PushScenario();
        var image = scenario.HasImage("x", 1);
        await scenario.KnowsTheRepositoryAsync();
        var evt = new RegistryEvent
        {
            Id = "e",
            DetailType = "",
            ActionType = "PUSH",
            Repository = PushScenario.App,
            Digest = image.Value,
            Tag = "x",
            At = PushScenario.Noon,
            Json = "",
        };
        scenario.DeletedByHand("x");
        scenario.Clock.Advance(TimeSpan.FromMinutes(2));
        Meanwhile(
            scenario,
            "remove",
            async () =>
                await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("x", 1_000).Put(PushScenario.App, "x")).Event!));

        await scenario.HandleAsync(evt);

        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.ShouldContainKey(image);
    }

    [Theory]
    [InlineData("ListTagsForResource", 3)]
    [InlineData("DescribeImages", 2)]
    public async Task What_the_other_has_just_deleted_is_taken_out_without_asking_for_it_again(string operation, int callsFromThere)
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 2 } });
        scenario.HasImages(2, daysOld: 40);
        scenario.HasImage("kept", 1);
        scenario.HasImage("young", 0.5);
        await scenario.KnowsTheRepositoryAsync();
        var pushed = scenario.Pushed("first");
        // Before its rows are read, or after.
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == operation && call.IdCount != 1)
            {
                scenario.Ecr.Faults.Clear();
                scenario.PushAsync("second").GetAwaiter().GetResult().DeletedCount.ShouldBe(2);
                scenario.ClearCounters();
            }

            return null;
        });

        var result = await scenario.HandleAsync(pushed);

        (result.Outcome, result.DeletedCount).ShouldBe((Outcome.NothingExpired, 0));
        scenario.Images.ShouldBe(["first", "kept", "second", "young"]);
        scenario.Ecr.Calls
            .ToString()
            .ShouldBe($"DescribeImages {callsFromThere}", "each that is gone fails a call, which is made again without it");
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_was_found_gone_and_is_pushed_again_keeps_its_row()
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 2 } });
        var old = scenario.HasImage("old", 50);
        scenario.HasImages(2, daysOld: 1);
        await scenario.KnowsTheRepositoryAsync();
        scenario.DeletedByHand("old");
        Meanwhile(
            scenario,
            "write tombstone",
            async () =>
                await scenario.HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("old", 1_000).Put(PushScenario.App, "old")).Event!));

        await scenario.PushAsync("new");

        scenario.Images.ShouldContain("old");
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[old].PushedAt.ShouldBe(PushScenario.Noon);
    }

    [Fact]
    public async Task A_dry_run_halts_like_the_real_one()
    {
        var scenario = new PushScenario(new Settings { MaxDeletes = 2, DryRun = true, Policy = new RetentionPolicy { KeepNewest = 1 } });
        scenario.HasImages(5, daysOld: 40);

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Halted);
        result.Deleted.ShouldBeEmpty();
    }
}
