using CsCheck;
using PushPruner.Cli.Amounts;
using PushPruner.Cli.Report.Charts;

namespace PushPruner.Cli.Tests.Report;

public sealed class AxesTests
{
    [Theory]
    [InlineData(29_400_000_000, "0 B, 10 GB, 20 GB, 30 GB")]
    [InlineData(1_000, "0 B, 500 B, 1 kB")]
    [InlineData(0, "0 B, 1 B")]
    [InlineData(7_800_000_000_000, "0 B, 2 TB, 4 TB, 6 TB, 8 TB")]
    public void Bytes_have_ticks_at_round_numbers(long most, string ticks)
    {
        string.Join(", ", new ByteScale(most).Ticks.Select(Bytes.Shown)).ShouldBe(ticks);
    }

    [Fact]
    public void Whatever_the_bytes_there_are_two_to_five_ticks_and_the_last_is_not_below_them()
    {
        Gen.Long[0, 4_000_000_000_000_000_000].Sample(most =>
        {
            var scale = new ByteScale(most);
            scale.Ticks.Count.ShouldBeInRange(2, 5);
            scale.Top.ShouldBeGreaterThanOrEqualTo(most);
            scale.Of(most).ShouldBeInRange(0, 1);
        });
    }

    [Theory]
    [InlineData("2026-05-29T06:00Z", "2026-06-01T12:00Z", "30 May, 31 May, 1 Jun")]
    [InlineData("2026-05-01T00:00Z", "2026-06-01T12:00Z", "4 May, 11 May, 18 May, 25 May, 1 Jun")]
    [InlineData("2025-11-13T00:00Z", "2026-06-01T12:00Z", "Jan 2026, Mar, May")]
    [InlineData("2025-04-10T00:00Z", "2026-06-01T12:00Z", "Jul 2025, Oct, Jan 2026, Apr")]
    [InlineData("2023-09-10T00:00Z", "2026-06-01T12:00Z", "2024, 2025, 2026")]
    public void Time_has_ticks_where_days_weeks_months_or_years_begin(string from, string to, string ticks)
    {
        var scale = new TimeScale(DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(to, null));

        string.Join(", ", scale.Ticks.Select(t => t.Label)).ShouldBe(ticks);
    }

    [Fact]
    public void Whatever_the_time_there_are_few_ticks_and_all_of_them_on_the_axis()
    {
        Gen.Select(Gen.Int[0, 4_000], Gen.Int[4, 4_000]).Sample((start, days) =>
        {
            var from = new DateTimeOffset(2015, 1, 1, 7, 0, 0, TimeSpan.Zero).AddDays(start);
            var scale = new TimeScale(from, from.AddDays(days));
            scale.Ticks.Count.ShouldBeInRange(1, 6);
            scale.Ticks.ShouldAllBe(t => scale.IsWithin(t.At));
        });
    }

    [Fact]
    public void Marks_that_would_lie_on_each_other_are_lifted()
    {
        var levels = new Levels(room: 2);

        new[] { 0.0, 1, 1.5, 2, 3, 10 }.Select(levels.Place).ShouldBe([0, 1, 2, 0, 1, 0]);
    }
}
