using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Recording;

/// <summary>A first listing finds indexes that nobody has read yet, more than one call takes.</summary>
public class ManifestListsToBeReadTests
{
    static PushScenario WithIndexes(int count)
    {
        var scenario = new PushScenario(new Settings { Policy = new RetentionPolicy { KeepNewest = 5 } });
        for (var n = 0; n < count; n++)
        {
            var member = ManifestFactory.Image($"m{n}", 10);
            scenario.Ecr.Seed(PushScenario.App, member.At(PushScenario.Noon.AddDays(-5)));
            scenario.Ecr.Seed(
                PushScenario.App, ManifestFactory.ManifestList(member).At(PushScenario.Noon.AddDays(-5).AddMinutes(n), $"i{n}"));
        }

        return scenario;
    }

    [Fact]
    public async Task Manifest_lists_are_read_a_hundred_per_call()
    {
        var scenario = WithIndexes(250);

        await scenario.PushAsync("new");

        scenario.Ecr.Calls.Count("BatchGetImage").ShouldBe(3);
    }

    [Fact]
    public async Task What_was_read_before_the_time_ran_short_is_not_read_again()
    {
        var scenario = WithIndexes(250);
        scenario.Meanwhile("BatchGetImage", () => scenario.Clock.Advance(TimeSpan.FromMinutes(15)));
        (await scenario.PushAsync("new")).Outcome.ShouldBe(Outcome.Deferred);
        scenario.Ecr.Calls.Count("BatchGetImage").ShouldBe(1);

        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default))
            .Rows.Values.Where(r => r.History.Members is not null)
            .ToList();

        rows.Count.ShouldBe(100);
        rows.ShouldAllBe(r => r.RankedAt == null && r.DueFrom == null && r.History.ReadAt == PushScenario.Noon);
    }
}
