using System.Text.Json;

namespace PushPruner.Testing.Functions;

/// <summary>
/// A line as CloudWatch would take it, held to the rules of the embedded metric format: what breaks one is silently no metric.
/// </summary>
sealed class EmfLine
{
    const int MostMetrics = 100;
    const int MostDimensions = 30;
    const int LongestDimension = 1_024;
    const int LongestLine = 256 * 1_024;

    static readonly string[] Units = ["Count", "Bytes", "Milliseconds", "Percent", "Seconds", "None"];

    readonly Dictionary<string, JsonElement> members;

    EmfLine(Dictionary<string, JsonElement> members, IReadOnlyList<EmittedMetric> metrics) => (this.members, Metrics) = (members, metrics);

    public IReadOnlyList<EmittedMetric> Metrics { get; }

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, long> Values =>
        Metrics.DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => members[m.Name].GetInt64(), StringComparer.Ordinal);

    /// <summary>These numbers and no others, such as <c>PushesHandled=1 PushToPrune=840</c>, in any order.</summary>
    public void ShouldSay(string numbers) => Values.Select(v => $"{v.Key}={v.Value}").ShouldBe(numbers.Split(' '), ignoreOrder: true);

    public DateTimeOffset At { get; private init; }

    /// <summary>A dimension's value, or a property; null where there is none.</summary>
    public string? Text(string name) => members.TryGetValue(name, out var value) ? value.GetString() : null;

    public static bool IsOne(string line) => line.Contains("\"CloudWatchMetrics\"", StringComparison.Ordinal);

    public static EmfLine Read(string line)
    {
        line.ShouldNotContain('\n');
        line.Length.ShouldBeLessThan(LongestLine);
        using var document = JsonDocument.Parse(line);
        // Throws where a name is given twice.
        var members = document.RootElement.Clone().EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        var directives = members["_aws"].GetProperty("CloudWatchMetrics");
        directives.GetArrayLength().ShouldBeGreaterThan(0);

        var metrics = directives.EnumerateArray().SelectMany(d => Of(d, members)).ToList();
        metrics.ShouldBeUnique();
        return new EmfLine(members, metrics)
        {
            At = DateTimeOffset.FromUnixTimeMilliseconds(members["_aws"].GetProperty("Timestamp").GetInt64()),
        };
    }

    static IEnumerable<EmittedMetric> Of(JsonElement directive, Dictionary<string, JsonElement> members)
    {
        var space = directive.GetProperty("Namespace").GetString()!;
        space.ShouldNotBeEmpty();
        var sets = directive
            .GetProperty("Dimensions")
            .EnumerateArray()
            .Select(set => set.EnumerateArray().Select(d => d.GetString()!).ToList())
            .ToList();
        sets.ShouldNotBeEmpty();
        foreach (var dimension in sets.SelectMany(set => set))
            members[dimension].GetString()!.Trim().Length.ShouldBeInRange(1, LongestDimension, dimension);

        var metrics = directive.GetProperty(nameof(Metrics)).EnumerateArray().ToList();
        metrics.Count.ShouldBeInRange(1, MostMetrics);
        foreach (var metric in metrics)
        {
            var name = metric.GetProperty("Name").GetString()!;
            var unit = metric.GetProperty("Unit").GetString()!;
            members[name].ValueKind.ShouldBe(JsonValueKind.Number, name);
            Units.ShouldContain(unit);
            foreach (var set in sets)
            {
                set.Count.ShouldBeLessThanOrEqualTo(MostDimensions);
                set.ShouldNotContain(name);
                yield return new EmittedMetric(space, name, unit, string.Join(',', set));
            }
        }
    }
}
