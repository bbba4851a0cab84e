using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

public class MovedProtectingTagTests
{
    static readonly Settings LatestIsProtected = new()
    {
        Policy = new RetentionPolicy { KeepNewest = 3, ProtectTags = WildcardSet.Of("latest") },
    };

    [Fact]
    public async Task A_repository_whose_every_push_moves_latest_is_pruned_like_any_other()
    {
        var scenario = new PushScenario(LatestIsProtected);
        for (var n = 0; n < 20; n++)
        {
            scenario.Clock.Advance(TimeSpan.FromDays(20));
            await scenario.PushAsync("latest");
        }

        scenario.Images.Count.ShouldBe(3);
        scenario.Images.ShouldContain("latest");
    }

    [Fact]
    public async Task A_former_holder_whose_row_another_run_writes_while_a_reconcile_lists_is_corrected_by_the_event_of_the_tag()
    {
        var scenario = new PushScenario(LatestIsProtected);
        await scenario.PushAsync("v1");
        await scenario.PushAsync("latest");
        var former = Digest.Parse(scenario.Ecr.Images(PushScenario.App).Single(i => i.Tags.Contains("latest")).Digest);
        scenario.Clock.Advance(TimeSpan.FromHours(1));
        var moved = scenario.Pushed("latest");
        scenario.Clock.Advance(TimeSpan.FromMinutes(5));
        // A signature's event notes it at the former holder, right before the listing corrects that row.
        scenario.Index.Before = name =>
        {
            if (name != "write")
                return;

            scenario.Index.Before = null;
            scenario.Index.AddReferrerAsync(PushScenario.App, former, A.DigestOf(1), default).GetAwaiter().GetResult();
        };
        await scenario.ReconcileAsync();

        await scenario.HandleAsync(moved);

        var row = (await scenario.Index.ReadRowsAsync(PushScenario.App, [former], default))[former];
        row.ShouldSatisfyAllConditions(r => r.Tags.ShouldBeEmpty(), r => r.DueFrom.ShouldNotBeNull());
    }

    [Fact]
    public async Task A_moved_protecting_tag_costs_one_ECR_call_and_two_index_calls_more()
    {
        var scenario = new PushScenario(LatestIsProtected);
        await scenario.PushAsync("latest");
        scenario.Clock.Advance(TimeSpan.FromHours(1));
        await scenario.PushAsync("latest");
        scenario.Clock.Advance(TimeSpan.FromHours(1));
        scenario.ClearCounters();

        await scenario.PushAsync("latest");

        scenario.Ecr.Calls.ToString().ShouldBe("DescribeImages 2, PutImage 1");
        scenario.Index.Calls.ShouldBe(["read", "write", "write", "write protecting tag", "due"]);
    }

    [Fact]
    public async Task The_event_of_a_moved_protecting_tag_changes_nothing_when_it_comes_again()
    {
        var scenario = new PushScenario(LatestIsProtected);
        await scenario.PushAsync("latest");
        var moved = scenario.Pushed("latest");
        await scenario.HandleAsync(moved);
        scenario.ClearCounters();

        await scenario.HandleAsync(moved);

        scenario.Index.Calls.ShouldBe(["read", "due"]);
    }

    [Fact]
    public async Task Events_in_the_wrong_order_end_the_same()
    {
        var scenario = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        scenario.HasImage("first", 100);
        await scenario.KnowsTheRepositoryAsync();
        var one = scenario.Pushed("latest");
        scenario.Clock.Advance(TimeSpan.FromSeconds(5));
        var two = scenario.Pushed("latest");
        await scenario.HandleAsync(two);
        await scenario.HandleAsync(one);

        scenario.Clock.Advance(TimeSpan.FromDays(40));
        await scenario.PushAsync("other");

        scenario.Images.ShouldBe(["latest", "other"]);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task A_reconcile_between_the_move_and_its_event_does_not_keep_the_former_image_for_ever(string former, string moved)
    {
        var scenario = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        await scenario.PushAsync("latest", former);
        var evt = scenario.Pushed("latest", moved);
        await scenario.ReconcileAsync();
        await scenario.HandleAsync(evt);

        scenario.Clock.Advance(TimeSpan.FromDays(40));
        await scenario.PushAsync("other");

        scenario.Images.ShouldBe(["latest", "other"]);
    }

    [Fact]
    public async Task A_former_image_that_ECR_still_shows_with_the_tag_is_not_kept_for_ever()
    {
        var scenario = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        await scenario.PushAsync("latest");
        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        var moved = scenario.Pushed("latest");
        var reads = 0;
        scenario.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" && ++reads == 2 ? Fault.Lag(TimeSpan.FromSeconds(30)) : null);
        await scenario.HandleAsync(moved);
        scenario.Ecr.Faults.Clear();

        scenario.Clock.Advance(TimeSpan.FromDays(40));
        await scenario.PushAsync("other");

        reads.ShouldBe(2);
        scenario.Images.ShouldBe(["latest", "other"]);
    }

    [Fact]
    public async Task The_image_with_the_protecting_tag_is_known_after_the_first_contact()
    {
        var scenario = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        scenario.HasImage("latest", 100);
        await scenario.KnowsTheRepositoryAsync();

        (await scenario.PushAsync("latest")).DeletedCount.ShouldBe(1);
        scenario.Images.ShouldBe(["latest"]);
    }

    [Fact]
    public async Task Many_concurrent_pushes_that_move_a_tag_leave_one_image_with_it()
    {
        var scenario = new PushScenario(LatestIsProtected with { Policy = LatestIsProtected.Policy with { KeepNewest = 1 } });
        await scenario.PushAsync("latest");
        var events = Enumerable.Range(0, 20).Select(_ => scenario.Pushed("latest")).ToList();

        await Task.WhenAll(events.Select(e => Task.Run(() => scenario.HandleAsync(e))));
        scenario.Clock.Advance(TimeSpan.FromDays(40));
        await scenario.PushAsync("other");

        scenario.Images.ShouldBe(["latest", "other"]);
    }

    [Fact]
    public async Task The_image_with_a_protecting_tag_stays_known_if_a_push_wrote_its_row_during_a_resync()
    {
        var scenario = new PushScenario(
            new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 3, ProtectTags = WildcardSet.Of("latest") },
            });
        for (var n = 0; n < 40; n++)
            scenario.HasImage($"phantom-{n}", 10 + n);
        scenario.HasImage("a", 60);
        var bearer = scenario.HasImage("latest", 50);
        await scenario.KnowsTheRepositoryAsync();
        for (var n = 0; n < 40; n++)
            scenario.DeletedByHand($"phantom-{n}");
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation == "DescribeImages" && call.IdCount == 0)
            {
                scenario.Ecr.Faults.Clear();
                scenario
                    .HandleAsync(scenario.Ecr.PutImage(ManifestFactory.Image("latest", 1_000).Put(PushScenario.App, "v1")).Event!)
                    .GetAwaiter()
                    .GetResult();
            }

            return null;
        });
        (await scenario.PushAsync("b")).Resynced.ShouldBeTrue();

        for (var n = 0; n < 6; n++)
        {
            scenario.Clock.Advance(TimeSpan.FromDays(20));
            await scenario.PushAsync("latest");
        }

        scenario.Ecr
            .Images(PushScenario.App)
            .ShouldNotContain(i => i.Digest == bearer.Value, "latest moved on long ago, and five images are newer");
    }
}
