using System.Text.RegularExpressions;
using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.Readme;

/// <summary>
/// Commands that documents name without showing an output. They can't all be run here, so the shell takes each apart, and what it names
/// must be there: verbs, options, values, files. Those with an output are run: <see cref="WhatTheDocumentsShowTests"/>.
/// </summary>
public sealed partial class TheCommandsOfTheDocumentsTests
{
    const string Shell = "sh";
    const string Console = "console";

    // What is no command: data, pictures, a query of CloudWatch's.
    static readonly string[] OtherLanguages = ["json", "mermaid", ""];

    public static IEnumerable<TheoryDataRow<string>> Names() =>
        Document.All().Select(d => new TheoryDataRow<string>(d.Path) { TestDisplayName = d.Name });

    // In one shell, as a reader goes from one to the next.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_in_a_block_is_one(string path)
    {
        var blocks = Document.Open(path).Blocks.Where(b => b.Language == Shell).ToList();
        var would = await WouldRun.OfAsync(string.Join('\n', blocks.SelectMany(b => b.Lines)));

        would.Complaints.ShouldBeEmpty();
        would.Commands.Count.ShouldBeGreaterThanOrEqualTo(blocks.Count);
        (await ProblemsOf(would.Commands, isWhole: true)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_in_a_sentence_is_one(string path)
    {
        var spans = Document.Open(path).Spans.Where(IsCommand).Distinct(StringComparer.Ordinal).ToList();
        var would = await WouldRun.OfAsync(string.Join('\n', spans));

        would.Complaints.ShouldBeEmpty();
        would.Commands.Count.ShouldBeGreaterThanOrEqualTo(spans.Count);
        (await ProblemsOf(would.Commands, isWhole: false)).ShouldBeEmpty();
    }

    [Fact]
    public void None_is_in_a_block_of_which_nothing_is_known() =>
        Document
            .All()
            .SelectMany(d => d.Blocks.Select(b => (d.Name, b.Language)))
            .Where(b => b.Language is not (Shell or Console) && !OtherLanguages.Contains(b.Language))
            .ShouldBeEmpty();

    [Fact]
    public void None_with_its_output_is_of_a_program_that_is_not_run() =>
        Document
            .All()
            .SelectMany(d =>
                d.Blocks.Where(b => b.Language == Console)
                    .SelectMany(b => b.Lines)
                    .Where(l => l.StartsWith("$ ", StringComparison.Ordinal))
                    .Select(l => (d.Name, Line: l)))
            .Where(c =>
                !c.Line.StartsWith("$ pushpruner ", StringComparison.Ordinal)
                && !c.Line.StartsWith("$ dotnet run --project tests/", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void The_AWS_CLI_is_there_to_judge_its_own() => Assert.SkipUnless(AwsCli.IsInstalled, AwsCli.Missing);

    static async Task<List<string>> ProblemsOf(IEnumerable<string[]> commands, bool isWhole)
    {
        var check = new CommandCheck(isWhole);
        var problems = new List<string>();
        foreach (var command in commands.DistinctBy(c => string.Join(' ', c), StringComparer.Ordinal))
        {
            if (await check.ProblemOfAsync(command) is { } problem)
                problems.Add($"{string.Join(' ', command)}: {problem}");
        }

        return problems;
    }

    // More than the program's bare name, which speaks of it and runs nothing.
    static bool IsCommand(string span) =>
        Variables().Replace(span, "").Split(' ') is [var program, _, ..]
        && (WouldRun.Programs.Contains(program) || WouldRun.Scripts.Contains(program));

    [GeneratedRegex(@"^([A-Z_]+=\S+ )+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variables();
}
