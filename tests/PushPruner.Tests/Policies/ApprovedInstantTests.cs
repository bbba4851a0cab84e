using PushPruner.Policies;

namespace PushPruner.Tests.Policies;

public class ApprovedInstantTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-30T10:00:00Z", 0)]
    [InlineData("2026-11-30T11:00:00+01:00", 0)]
    [InlineData("2026-11-30T09:59:59.5Z", -500)]
    [InlineData("2026-11-30T10:01:00Z", 60_000)]
    public void It_is_ISO_8601_with_an_offset(string text, int millisecondsFromNow) =>
        ApprovedInstant.Read("asOf", text, Now).ShouldBe(Now.AddMilliseconds(millisecondsFromNow));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9_999_999)]
    public void It_is_printed_exactly_because_rounding_would_cover_what_nobody_was_shown(int ticks)
    {
        var instant = Now.AddSeconds(-2).AddTicks(ticks);

        ApprovedInstant.Read("asOf", ApprovedInstant.Text(instant), Now).ShouldBe(instant);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-11-30")]
    [InlineData("2026-11-30T10:00:00")]
    [InlineData("30/11/2026 10:00:00Z")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("1780000000")]
    [InlineData("2026-11-30T10:01:00.001Z")]
    [InlineData("2026-11-30T11:00:00Z")]
    public void Another_text_or_the_future_is_an_error_that_says_what_is_allowed(string text) =>
        Should.Throw<SettingException>(() => ApprovedInstant.Read("--as-of", text, Now)).Message
            .ShouldBe($"--as-of is \"{text}\": the instant that a halted run printed, such as 2026-11-30T10:00:00Z, and not in the future");
}
