using CsCheck;

namespace PushPruner.Tests.Model;

/// <summary>
/// ECR has no conditional delete: between a confirmation and its delete lie milliseconds. The models leave those windows out of S1, S2 and
/// S4; here they are shown to be there, so that nobody takes the promises for more than they are.
/// </summary>
public class TheLimitsTests
{
    [Fact]
    public void An_image_that_outranks_may_be_deleted_by_hand_right_after_ECR_confirmed_it()
    {
        PushSpec.WithoutTheWindow(handlers: 1, acts: 3).Exhaustive(out var violation);

        violation.ShouldNotBeNull().Id.ShouldBe("S2 to the millisecond");
        violation.Trace.Steps[^2].Action.ShouldBe("deleted by hand");
    }

    [Fact]
    public void A_part_may_be_protected_right_after_ECR_confirmed_that_nothing_of_the_image_is()
    {
        FamilySpec.WithoutTheWindow().Exhaustive(out var violation);

        violation.ShouldNotBeNull().Id.ShouldBe("S4 to the millisecond");
        violation.Trace.Steps[^2].Action.ShouldBe("protecting tag is put on");
    }
}
