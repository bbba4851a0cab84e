using PushPruner.Cli.Output;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Output;

public sealed class ProgressRateTests
{
    readonly SettableClock clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    readonly ProgressRate pace;

    public ProgressRateTests() => pace = new ProgressRate(clock);

    [Fact]
    public void A_listing_whose_end_nobody_knows_is_told_by_count_and_rate()
    {
        pace.Describe("listed", 0, of: null, "manifest", "manifests").ShouldBe("0 manifests listed");
        clock.Advance(TimeSpan.FromSeconds(4));
        pace.Describe("listed", 12_000, of: null, "manifest", "manifests").ShouldBe("12,000 manifests listed, 3,000/s");
    }

    [Fact]
    public void What_has_an_end_gets_a_bar()
    {
        pace.Describe("read", 0, 400, "index", "indexes").ShouldBe("╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 0 of 400 indexes read");
        clock.Advance(TimeSpan.FromSeconds(2));
        pace.Describe("read", 100, 400, "index", "indexes").ShouldBe("━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 100 of 400 indexes read, 50/s");
        pace.Describe("read", 400, 400, "index", "indexes").ShouldBe("━━━━━━━━━━━━━━━━━━━━ 400 of 400 indexes read, 200/s");
    }

    [Fact]
    public void More_than_was_expected_fills_the_bar_and_no_more() =>
        pace.Describe("deleted", 12, 10, "manifest", "manifests").ShouldStartWith(new string('━', 20) + " 12 of 10");

    [Fact]
    public void Each_piece_of_work_has_a_rate_of_its_own()
    {
        pace.Describe("listed", 5_000, of: null, "manifest", "manifests");
        clock.Advance(TimeSpan.FromSeconds(10));
        pace.Describe("read", 0, 10, "index", "indexes").ShouldEndWith("0 of 10 indexes read", Case.Sensitive, "it has only begun");

        pace.Rest();
        clock.Advance(TimeSpan.FromSeconds(10));
        pace.Describe("read", 1, 10, "index", "indexes").ShouldEndWith("1 of 10 indexes read", Case.Sensitive, "of the next repository");
    }
}
