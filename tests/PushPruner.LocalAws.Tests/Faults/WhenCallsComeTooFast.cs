namespace PushPruner.LocalAws.Tests.Faults;

public sealed class WhenCallsComeTooFast : RegistryTest
{
    readonly RateLimits limits = new RateLimits().Limit("DescribeImages", perSecond: 2, burst: 3);

    [Fact]
    public void So_many_pass_at_once_and_then_so_many_a_second()
    {
        Put(One);
        Registry.Faults.OnCall(limits.Decide);

        PassingOf(5).ShouldBe(3);
        limits.Throttled.ShouldBe(2);

        Clock.Advance(TimeSpan.FromSeconds(1));
        PassingOf(5).ShouldBe(2);

        Clock.Advance(TimeSpan.FromHours(1));
        PassingOf(5).ShouldBe(3, "a bucket holds no more than its burst");
    }

    [Fact]
    public void Halves_of_a_call_add_up()
    {
        Put(One);
        Registry.Faults.OnCall(limits.Decide);
        PassingOf(3).ShouldBe(3);

        Clock.Advance(TimeSpan.FromMilliseconds(250));
        PassingOf(1).ShouldBe(0);
        Clock.Advance(TimeSpan.FromMilliseconds(250));
        PassingOf(1).ShouldBe(1);
    }

    [Fact]
    public void A_clock_that_is_set_back_gives_nothing_and_takes_nothing()
    {
        Put(One);
        Registry.Faults.OnCall(limits.Decide);
        PassingOf(2).ShouldBe(2);

        Clock.Advance(TimeSpan.FromHours(-1));
        PassingOf(2).ShouldBe(1);
        Clock.Advance(TimeSpan.FromSeconds(1));
        PassingOf(5).ShouldBe(2);
    }

    [Fact]
    public void Other_operations_pass()
    {
        Put(One);
        Registry.Faults.OnCall(limits.Decide);
        PassingOf(5).ShouldBe(3);

        Delete(EcrImageId.Digest(One.Digest)).ImageIds.Count.ShouldBe(1);
    }

    int PassingOf(int calls)
    {
        var passed = 0;
        for (var n = 0; n < calls; n++)
        {
            try
            {
                Row(One);
                passed++;
            }
            catch (EcrError e) when (e.Code == "ThrottlingException")
            {
                // Not let through.
            }
        }

        return passed;
    }
}
