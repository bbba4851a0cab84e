using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>The template's queries, and what the functions log.</summary>
public sealed partial class TheQueriesTests
{
    // Those of the language, as far as the queries use them.
    static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "fields",
        "filter",
        "stats",
        "sort",
        "limit",
        "as",
        "by",
        "like",
        "in",
        "or",
        "and",
        "asc",
        "desc",
        "count",
        "sum",
        "max",
        "latest",
        "datefloor",
        "ispresent",
    };

    // Of the lines that Lambda's runtime writes of a failure: Layers/PushScenarios.cs reads them from a process.
    static readonly IReadOnlyList<string> FieldsOfTheRuntime = ["errorType", "errorMessage", "stackTrace"];

    static readonly IReadOnlyDictionary<string, JsonNode> Queries = new SamTemplate().Resources("AWS::Logs::QueryDefinition");

    [Fact]
    public void Each_asks_the_logs_of_the_functions_that_delete()
    {
        Queries.Count.ShouldBe(7);
        foreach (var query in Queries.Values.Select(q => q["Properties"]!))
        {
            query["Name"]!["Fn::Sub"]!.GetValue<string>().ShouldStartWith("${AWS::StackName}/");
            query["LogGroupNames"]!
                .AsArray()
                .Select(group => group!["Ref"]!.GetValue<string>())
                .ShouldBe(["OnImagePushedLog", "ReconcileRepositoryLog"]);
        }
    }

    [Fact]
    public async Task Each_field_is_one_that_the_code_logs()
    {
        var logged = (await EverythingAsync())
            .SelectMany(line => line.Select(field => field.Key))
            .Concat(FieldsOfTheRuntime)
            .ToHashSet(StringComparer.Ordinal);

        foreach (var (id, query) in Queries)
        {
            var named = FieldsOf(Text(query));
            named.Count.ShouldBeGreaterThan(1, id);
            named.Except(logged).ShouldBeEmpty($"{id} asks for what no line has");
        }
    }

    [Fact]
    public void What_failed_has_the_fields_of_the_runtime_s_own_line() =>
        FieldsOf(Text(Queries["WhatFailed"])).IsSupersetOf(FieldsOfTheRuntime).ShouldBeTrue();

    [Fact]
    public async Task Each_query_finds_lines_of_the_functions()
    {
        var lines = await EverythingAsync();

        foreach (var (id, query) in Queries)
        {
            var text = Text(query);
            foreach (Match pattern in Pattern().Matches(text))
            {
                lines.ShouldContain(
                    line => Regex.IsMatch(
                        line["message"]!.GetValue<string>(),
                        pattern.Groups["regex"].Value,
                        RegexOptions.None,
                        TimeSpan.FromSeconds(1)),
                    $"{id}: {pattern}");
            }

            foreach (Match value in Value().Matches(text))
            {
                lines.ShouldContain(
                    line =>
                        line[value.Groups["field"].Value] != null
                        && line[value.Groups["field"].Value]!.ToString() == value.Groups["value"].Value,
                    $"{id}: {value}");
            }
        }
    }

    // They are in the same log, and their properties have the names of the log's fields.
    [Fact]
    public async Task No_query_finds_a_line_of_metrics()
    {
        await using var deployment = await Deployment.StartAsync();
        await deployment.InvokeAsync("""{"id":"e","detail":{"repository-name":"team/app"}}""");
        var measured = JsonNode
            .Parse(deployment.MetricLines().ShouldHaveSingleItem())!
            .AsObject()
            .Select(field => field.Key)
            .ToHashSet(StringComparer.Ordinal);

        measured.ShouldContain("outcome");
        foreach (var (id, query) in Queries)
        {
            var filters = Text(query)
                .Split('\n')
                .Where(line =>
                    line.StartsWith("| filter", StringComparison.Ordinal) || line.StartsWith("filter", StringComparison.Ordinal));
            filters.ShouldContain(
                filter => filter.Split(" or ").All(either => FieldsOf(either).Count > 0 && !FieldsOf(either).Overlaps(measured)), id);
        }
    }

    // One line of every kind that the queries are about.
    static async Task<IReadOnlyList<JsonObject>> EverythingAsync()
    {
        var lines = new List<JsonObject>();
        await using (var scenario = await LogScenario.OpenAsync())
        {
            scenario.HasOld("1.0", "not a tag", "1.1");
            await scenario.PushAsync("1.2");
            scenario.Ecr.Seed(
                LogScenario.App,
                new SeededImage
                {
                    Digest = "sha256:" + new string('7', 64),
                    Tags = ["odd"],
                    PushedAt = Deployment.Noon.AddDays(-50),
                    MediaType = MediaTypes.OciIndex,
                });
            await scenario.ReconcileAsync($$"""{"repository":"{{LogScenario.App}}","keepNewest":1,"execution":"weekly"}""");
            scenario.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.AccessDenied : null);
            await Should.ThrowAsync<Amazon.ECR.AmazonECRException>(() => scenario.PushAsync("1.3"));
            lines.AddRange(scenario.Log.All);
        }

        await using (
            var scenario = await LogScenario.OpenAsync(
                new Settings
                {
                    Policy = new RetentionPolicy { KeepNewest = 1 }, MaxDeletes = 1,
                }))
        {
            scenario.HasOld("1.0", "1.1", "1.2");
            await scenario.PushAsync("1.3");
            lines.AddRange(scenario.Log.All);
        }

        return lines;
    }

    static string Text(JsonNode query) => query["Properties"]!["QueryString"]!.GetValue<string>();

    // Every name in a query that is neither of the language, nor quoted, nor given by the query itself, nor CloudWatch's own, which has an
    // @.
    static HashSet<string> FieldsOf(string query)
    {
        var bare = Unspoken().Replace(query, " ");
        var given = Alias().Matches(bare).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        return [.. Name().Matches(bare).Select(match => match.Value).Where(name => !Words.Contains(name) && !given.Contains(name))];
    }

    [GeneratedRegex(@"^\s*#.*$|""[^""]*""|/[^/\n]*/", RegexOptions.Multiline, 1000)]
    private static partial Regex Unspoken();

    [GeneratedRegex(@"\bas (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alias();

    [GeneratedRegex(@"(?<![@\w])[a-z][A-Za-z_]*\b", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"message like /(?<regex>[^/\n]*)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\b(?<field>\w+) (=|in \[) ?""(?<value>[^""]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
