namespace PushPruner.Tests.Hostile;

/// <summary>What of others' text a person reads in the log.</summary>
public class SafeTextTests
{
    [Theory]
    [InlineData("release-1.0_x", "release-1.0_x")]
    [InlineData("Größe 日本 😀", "Größe 日本 😀")]
    [InlineData("a\r\nb", @"a\u000d\u000ab")]
    [InlineData("\u001b[2J", @"\u001b[2J")]
    [InlineData("a\u2028b\u2029c\u0085d", @"a\u2028b\u2029c\u0085d")]
    [InlineData("\u202egnp.exe", @"\u202egnp.exe")]
    [InlineData("zero\u200bwidth", @"zero\u200bwidth")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Only_what_is_seen_stands_as_it_is(string? text, string shown) => SafeText.Of(text).ShouldBe(shown);

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text() => SafeText.Of("a\ud83db").ShouldBe("a\ufffdb");

    [Fact]
    public void It_is_cut_and_says_so()
    {
        SafeText.Of(new string('x', 10), longest: 10).ShouldBe(new string('x', 10));
        SafeText.Of(new string('x', 11), longest: 10).ShouldBe(new string('x', 10) + "...");
        SafeText.Of(new string('\n', 1_000_000)).Length.ShouldBeLessThan(SafeText.Longest + 10);
    }

    [Fact]
    public void Of_many_tags_the_first_are_shown_and_the_others_counted()
    {
        var tags = Enumerable.Range(0, 1_000).Select(n => new string('t', 300)).ToList();

        var shown = SafeText.Of(tags);

        shown.Length.ShouldBeLessThan(2_500);
        shown.ShouldEndWith(" and 993 more");
        SafeText.Of(["1.0", "latest"]).ShouldBe("1.0 latest");
        SafeText.Of([]).ShouldBe("");
    }
}
