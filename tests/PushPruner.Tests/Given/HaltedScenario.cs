using PushPruner.Jobs;
using PushPruner.Policies;

namespace PushPruner.Tests.Given;

/// <summary>A repository in which a reconcile was halted, because more has expired than it may delete.</summary>
static class HaltedScenario
{
    public static readonly Settings FiveDeletes = new() { MaxDeletes = 5, Policy = new RetentionPolicy { KeepNewest = 2 } };

    public static void HasTenOldAndTenYoung(PushScenario scenario, double young = 20)
    {
        for (var n = 0; n < 10; n++)
        {
            scenario.HasImage($"o{n}", 60 - (n / 24d));
            scenario.HasImage($"y{n}", young - (n / 24d));
        }
    }

    public static async Task<PushScenario> HaltedAsync()
    {
        var scenario = new PushScenario(FiveDeletes);
        HasTenOldAndTenYoung(scenario);
        var halted = await scenario.ReconcileAsync();
        (halted.Outcome, halted.ExpiredCount).ShouldBe((Outcome.Halted, 10));
        return scenario;
    }

    public static void EightOfTenAreDeletedByHand(PushScenario scenario)
    {
        for (var n = 2; n < 10; n++)
            scenario.DeletedByHand($"o{n}");
    }

    public static IEnumerable<string> Young => Enumerable.Range(0, 10).Select(n => $"y{n}");
}
