using PushPruner.Cli.Amounts;

namespace PushPruner.Cli.Tests.Amounts;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(3_300_000_000, "$0.33")]
    [InlineData(9_999_000_000_000, "$999.90")]
    [InlineData(22_292_600_000_000, "$2,229")]
    [InlineData(0, "$0.00")]
    public void Thousands_have_no_cents(long bytes, string shown) => Price.Default.Shown(bytes).ShouldBe(shown);

    [Theory]
    [InlineData(17_900_000_000, "$21")]
    [InlineData(770_000_000, "$0.92")]
    [InlineData(22_292_600_000_000, "$26,751")]
    public void A_year_has_no_cents_once_it_is_some_dollars(long bytes, string shown) => Price.Default.ShownAYear(bytes).ShouldBe(shown);

    [Theory]
    [InlineData(
        4, 1.79, "A deployed stack costs some $4 a month (alarms, metrics and the weekly reconcile), more than it would save here.")]
    [InlineData(2_000, 2_229, "A deployed stack costs some $5 a month (alarms, metrics and the weekly reconcile).")]
    public void What_it_costs_stands_beside_what_it_saves(int repositories, double saved, string sentence) =>
        RunningCost.Sentence(repositories, (decimal)saved).ShouldBe(sentence);

    [Fact]
    public void A_sum_over_images_is_an_upper_bound() => Quantity.OfImages(1_000).Shown.ShouldBe("up to 1 kB");

    [Fact]
    public void Bounds_on_both_sides_are_none() => Bound.AtMost.And(Bound.AtLeast).ShouldBe(Bound.About);
}
