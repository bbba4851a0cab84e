using System.Text.RegularExpressions;
using CsCheck;
using PushPruner.Policies;

namespace PushPruner.Tests.Policies;

public class WildcardTests
{
    static readonly Gen<string> SomeText = Gen.String[Gen.Char["ab-"], 0, 12];
    static readonly Gen<string> SomePattern = Gen.String[Gen.Char["ab-*?"], 0, 8];

    [Theory]
    [InlineData("*", "")]
    [InlineData("*", "anything")]
    [InlineData("release-*", "release-")]
    [InlineData("*-rc?", "1.0-rc-rc1")]
    public void It_matches(string pattern, string text) => new Wildcard(pattern).Matches(text).ShouldBeTrue();

    [Theory]
    [InlineData("latest", "Latest")]
    [InlineData("latest", "latest2")]
    [InlineData("?", "")]
    [InlineData("v?", "v10")]
    [InlineData("a.c", "abc")]
    public void It_does_not_match(string pattern, string text) => new Wildcard(pattern).Matches(text).ShouldBeFalse();

    [Fact]
    public void It_equals_the_regular_expression_that_means_the_same() =>
        Gen.Select(SomePattern, SomeText)
            .Sample(
                (pattern, text) =>
                    new Wildcard(pattern).Matches(text)
                    == Regex.IsMatch(
                        text,
                        @"\A"
                            + Regex
                                .Escape(pattern)
                                .Replace(@"\*", ".*", StringComparison.Ordinal)
                                .Replace(@"\?", ".", StringComparison.Ordinal)
                            + @"\z",
                        RegexOptions.None,
                        TimeSpan.FromSeconds(10)));

    [Fact]
    public void Many_stars_don_t_stall() =>
        new Wildcard(string.Concat(Enumerable.Repeat("a*", 60)) + "b").Matches(new string('a', 300)).ShouldBeFalse();
}
