using System.Buffers;

namespace PushPruner.Cli.Plan;

/// <summary>A line an image. What failed has no line, and is told on the standard error output alone.</summary>
sealed class CsvPlan(TextWriter output) : IPlanReport
{
    static readonly string[] Header =
    [
        "repository",
        "verdict",
        "reason",
        "rank",
        "tags",
        "digest",
        "pushedAt",
        "ageDays",
        "bytes",
        "groupBytes",
        "members",
        "referrers",
        "daysPlusNewestRule",
        "inUse",
    ];

    bool hasBegun;

    public void Planned(RepositoryPlan plan, CancellationToken stop)
    {
        WriteHeader();
        foreach (var image in PlannedImage.Of(plan.Snapshot))
        {
            stop.ThrowIfCancellationRequested();
            CsvLine.Write(output, Fields(image, plan));
        }
    }

    public void End(PlanSummary summary) => WriteHeader();

    public void Stop()
    {
        // With a quote left open no reader takes what there is for all there is.
        if (hasBegun)
            output.Write("\"stopped before all was told");
    }

    void WriteHeader()
    {
        if (!hasBegun)
            CsvLine.Write(output, Header);
        hasBegun = true;
    }

    static IEnumerable<string> Fields(PlannedImage image, RepositoryPlan plan)
    {
        var digest = image.Manifest.Digest;
        var isKeptByOther = !image.IsExpired || plan.Other.Images.Contains(digest);
        return
        [
            plan.Repository,
            image.Word,
            image.Verdict.Reason,
            Number(image.Verdict.Rank),
            string.Join(' ', image.Manifest.Tags),
            digest.Value,
            image.Manifest.PushedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture) ?? "",
            image.Age?.TotalDays.ToString("0.######", CultureInfo.InvariantCulture) ?? "",
            Number(image.Manifest.OwnBytes),
            Number(image.GroupBytes),
            Number(image.Members.Count),
            Number(image.Referrers.Count),
            isKeptByOther ? "kept" : "expired",
            plan.Used.TryGetValue(digest, out var used) ? string.Join(' ', used.References) : "",
        ];
    }

    static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>A record as RFC 4180 has it.</summary>
static class CsvLine
{
    const string End = "\r\n";

    static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    public static void Write(TextWriter output, IEnumerable<string> fields) => output.Write(string.Join(',', fields.Select(Field)) + End);

    /// <summary>
    /// What a spreadsheet would take for a formula stays text. Nothing genuine is changed by that: a name or a tag at ECR begins with a
    /// letter, a digit or an underscore, and the rest is PushPruner's own; but a saved listing may hold anything.
    /// </summary>
    static string Field(string text)
    {
        var harmless = SafeText.Line(text);
        if (harmless.Length > 0 && harmless[0] is '=' or '+' or '-' or '@')
            harmless = $"'{harmless}";
        return harmless.AsSpan().ContainsAny(Quoted) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
