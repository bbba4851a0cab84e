using System.Reflection;
using System.Text.RegularExpressions;
using PushPruner.EndToEnd.Tests.Template;
using PushPruner.Jobs;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Readme;

/// <summary>Headings, outputs of the stack and outcomes that one place names and another has.</summary>
public sealed partial class WhatTheDocumentsNameTests
{
    static readonly string Template = File.ReadAllText(SamTemplate.Path);
    static readonly Document Operations = Document.Open(Path.Combine(Checkout.Root, "docs", "operations.md"));

    [Fact]
    public void Every_heading_that_a_link_leads_to_is_there() =>
        Document
            .All()
            .SelectMany(d => d.Links.Where(l => l.Anchor.Length > 0).Select(l => (From: d, l.File, l.Anchor)))
            .Where(l =>
                l.File.Length == 0
                    ? !l.From.Anchors.Contains(l.Anchor)
                    : !HasHeading(Path.Combine(Path.GetDirectoryName(l.From.Path)!, l.File), l.Anchor))
            .Select(l => $"{l.From.Name}: {l.File}#{l.Anchor}")
            .ShouldBeEmpty();

    [Fact]
    public void Every_heading_that_the_template_sends_people_to_is_there() =>
        HeadingInTemplate().Matches(Template).Select(m => (File: m.Groups["file"].Value, Anchor: m.Groups["anchor"].Value)).Distinct()
            .Where(l => !HasHeading(Path.Combine(Checkout.Root, l.File), l.Anchor))
            .ShouldBeEmpty();

    [Fact]
    public void Every_output_of_the_stack_that_a_document_names_is_one()
    {
        var outputs = CloudFormationYaml.Read(Template)["Outputs"]!.AsObject().Select(o => o.Key).ToHashSet(StringComparer.Ordinal);
        var named = Document
            .All()
            .SelectMany(d => OutputOfStack().Matches(File.ReadAllText(d.Path)).Select(m => (d.Name, Output: m.Groups["name"].Value)))
            .ToList();

        named.ShouldNotBeEmpty();
        named.Where(n => !outputs.Contains(n.Output)).Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Every_saved_query_of_the_template_is_named_to_whoever_operates_it() =>
        SavedQuery().Matches(Template).Select(m => m.Groups["name"].Value).Except(Operations.Spans).ShouldBeEmpty();

    [Fact]
    public void Every_outcome_of_a_run_is_explained_to_whoever_operates_it()
    {
        var rows = File.ReadLines(Operations.Path)
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('`')[1])
            .ToHashSet(StringComparer.Ordinal);

        typeof(Outcome)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetValue(null)!)
            .Where(o => !rows.Contains(o))
            .ShouldBeEmpty();
    }

    static bool HasHeading(string path, string anchor) => File.Exists(path) && Document.Open(path).Anchors.Contains(anchor);

    [GeneratedRegex(@"(?<file>docs/[\w-]+\.md)#(?<anchor>[\w-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HeadingInTemplate();

    [GeneratedRegex(@"Name: !Sub \$\{AWS::StackName\}/(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SavedQuery();

    [GeneratedRegex(
        @"OutputKey=='(?<name>[A-Z]\w+)'|\$\(output (?<name>\w+)\)|^output (?<name>\w+)$|\boutputs?\s+`(?<name>[A-Z]\w+)`",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex OutputOfStack();
}
