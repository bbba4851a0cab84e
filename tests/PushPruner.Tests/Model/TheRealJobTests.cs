using CsCheck;

namespace PushPruner.Tests.Model;

public class TheRealJobTests(ITestOutputHelper output)
{
    [Fact]
    public void Deletes_what_the_model_deletes_and_nothing_else_on_every_transition()
    {
        var report = WholePushSpec
            .Create(acts: 3)
            .ConformExhaustive(() => new RealPushes(), (real, step) => real.Follow(step), output.WriteLine);

        report.Closed.ShouldBeTrue();
        report.ConformedTransitions.ShouldBe(report.Transitions);
        report.ConformedStates.ShouldBeGreaterThan(1_000);
        report.NeverFired.ShouldBeEmpty();
    }
}
