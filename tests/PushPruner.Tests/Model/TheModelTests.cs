namespace PushPruner.Tests.Model;

/// <summary>Every history that the models allow keeps every promise, and every promise is there for a reason.</summary>
public class TheModelTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Models.Names];

    // A search that looked at too little finds nothing either: so its size is asserted. docs/model.md has the exact one.
    [Theory]
    [InlineData(Models.Push, 200_000)]
    [InlineData(Models.TwoPushes, 100_000)]
    [InlineData(Models.TagRaces, 10_000)]
    [InlineData(Models.Arrivals, 300_000)]
    [InlineData(Models.Family, 3_000)]
    [InlineData(Models.Reconcile, 300_000)]
    public void Every_history_keeps_every_promise(string model, int atLeast)
    {
        var explored = Models.Get(model);
        output.WriteLine(explored.Text);

        explored.IsClosed.ShouldBeTrue();
        explored.States.ShouldBeGreaterThan(atLeast);
        explored.Transitions.ShouldBeGreaterThan(3L * explored.States);
        explored.Deadlocks.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_requirement_and_every_action_is_put_to_use(string model) => Models.Get(model).Idle.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_defect_is_caught_by_the_promise_that_it_breaks(string model) =>
        Models
            .Get(model)
            .Faults.ToDictionary(f => f.Fault, f => f.CaughtBy ?? "nothing")
            .ShouldBe(ExpectedCatches.ByModel[model], ignoreOrder: true);
}
