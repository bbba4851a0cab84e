using System.Text.Json;
using PushPruner.Cli.Amounts;
using PushPruner.Cli.Output;

namespace PushPruner.Cli.Simulate;

/// <summary>
/// One JSON document: each policy with its numbers and its course by the day (by several days, where these are many), and the months.
/// </summary>
static class JsonSimulation
{
    // Enough for a chart, and a document of a size that doesn't grow with the registry's age.
    const int MostDays = 400;

    public static void Write(TextWriter output, SimulationReport told)
    {
        using var stream = new JsonStream(output);
        var json = stream.Json;
        stream.Begin("simulate");
        json.WriteString("at", told.Seen.At.UtcDateTime);
        json.WriteString("source", told.Seen.Source.Title);
        json.WriteString("protectTags", told.Seen.Policy.ProtectTags.ToString());
        json.WriteNumber("pricePerGigabyteMonth", told.Price.PerGigabyteMonth);
        json.WriteString("bytesAre", told.Bound.Word());
        json.WriteString("policyFrom", told.Seen.Basis.Origin);
        json.WriteNumber("repositories", told.Simulation.Repositories);
        json.WriteStartArray("policies");
        foreach (var series in told.Simulation.Courses)
            Write(json, series, told);
        json.WriteEndArray();
        WriteTexts(json, "failed", told.Failed.Select(f => f.Repository));
        WriteTexts(json, "notes", told.Notes);
        json.WriteEndObject();
        stream.End();
    }

    static void Write(Utf8JsonWriter json, StorageSeries series, SimulationReport told)
    {
        json.WriteStartObject();
        json.WriteString("policy", series.Name);
        json.WriteNumber("images", series.Last.Images);
        json.WriteNumber("bytes", series.Last.Bytes);
        json.WriteNumber("peakBytes", series.Peak);
        json.WriteNumber("averageBytes", (long)series.Average(series.From, series.Until));
        json.WriteNumber("deleted", series.Deleted);
        json.WriteNumber("dollarsAMonth", decimal.Round(told.Price.Monthly(series.Last.Bytes), 4));
        json.WriteNumber("dollars", decimal.Round(told.Cost(series), 4));
        json.WriteNumber("dollarsSaved", decimal.Round(told.Saved(series), 4));
        json.WriteStartArray("months");
        foreach (var (from, until, _) in told.Simulation.Months())
        {
            json.WriteStartObject();
            json.WriteString("from", from.UtcDateTime);
            json.WriteNumber("averageBytes", (long)series.Average(from, until));
            json.WriteNumber("dollars", decimal.Round(series.Cost(from, until, told.Price), 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("days");
        foreach (var (day, point) in series.Days(MostDays))
        {
            json.WriteStartObject();
            json.WriteString("day", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("images", point.Images);
            json.WriteNumber("bytes", point.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
