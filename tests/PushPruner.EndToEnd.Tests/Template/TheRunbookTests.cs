using System.Text.RegularExpressions;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>docs/operations.md, to which each alarm leads whoever it wakes.</summary>
public sealed partial class TheRunbookTests
{
    [Fact]
    public void Each_alarm_leads_to_a_heading_of_it()
    {
        var anchors = new SamTemplate()
            .Resources("AWS::CloudWatch::Alarm")
            .ToDictionary(
                a => a.Key, a => Pointer().Match(a.Value["Properties"]!["AlarmDescription"]!.GetValue<string>()).Groups["anchor"].Value);
        var headings = File.ReadLines(Path.Combine(Checkout.Root, "docs", "operations.md"))
            .Where(line => line.StartsWith('#'))
            .Select(Slug)
            .ToHashSet(StringComparer.Ordinal);

        anchors.Values.Distinct().Count().ShouldBe(16);
        anchors.Where(a => !headings.Contains(a.Value)).ShouldBeEmpty();
    }

    // As GitHub makes an anchor of a heading.
    static string Slug(string heading) => Dropped().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"docs/operations\.md#(?<anchor>[a-z-]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pointer();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 1000)]
    private static partial Regex Dropped();
}
