using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Style;

/// <summary>Lines of code fit on a screen beside another file. Only data in raw string literals may be wider.</summary>
public sealed class LinesOfCodeTests
{
    const int Widest = 140;
    const string Fence = "\"\"\"";

    [Fact]
    public void No_line_of_code_has_more_than_140_characters() => Files().SelectMany(WideLines).ShouldBeEmpty();

    [Theory]
    [InlineData(0, 140, "")]
    [InlineData(1, 141, "")]
    [InlineData(1, 141, "var data = 1;\n")]
    [InlineData(0, 141, "var data = \"\"\"\n")]
    [InlineData(1, 141, "var data = \"\"\"\n{}\n\"\"\";\n")]
    public void A_line_is_wide_unless_it_lies_in_a_raw_string_literal(int wide, int length, string before) =>
        WideLinesOf($"{before}{new string('x', length)}".Split('\n')).Count().ShouldBe(wide);

    static IEnumerable<string> Files() =>
        ((string[])["src", "tests"]).SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.cs", SearchOption.AllDirectories));

    static IEnumerable<string> WideLines(string file) =>
        WideLinesOf(File.ReadLines(file)).Select(number => $"{Path.GetRelativePath(Checkout.Root, file)}:{number}");

    static IEnumerable<int> WideLinesOf(IEnumerable<string> lines)
    {
        var isRaw = false;
        foreach (var (index, line) in lines.Index())
        {
            var fences = line.Split(Fence).Length - 1;
            if (line.Length > Widest && fences == 0 && !isRaw)
                yield return index + 1;
            isRaw ^= fences % 2 == 1;
        }
    }
}
