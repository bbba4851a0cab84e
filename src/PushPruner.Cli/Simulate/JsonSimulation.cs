using System.Text.Json;

namespace PushPruner.Cli.Simulate;

/// <summary>One JSON document: each policy with its numbers and its course by the day (by several days, where these are many), and the months.</summary>
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
        foreach (var course in told.Simulation.Courses)
            Write(json, course, told);
        json.WriteEndArray();
        WriteTexts(json, "failed", told.Failed.Select(f => f.Repository));
        WriteTexts(json, "notes", told.Notes);
        json.WriteEndObject();
        stream.End();
    }

    static void Write(Utf8JsonWriter json, StorageSeries course, SimulationReport told)
    {
        json.WriteStartObject();
        json.WriteString("policy", course.Name);
        json.WriteNumber("images", course.Last.Images);
        json.WriteNumber("bytes", course.Last.Bytes);
        json.WriteNumber("peakBytes", course.Peak);
        json.WriteNumber("averageBytes", (long)course.Average(course.From, course.Until));
        json.WriteNumber("deleted", course.Deleted);
        json.WriteNumber("dollarsAMonth", decimal.Round(told.Price.Monthly(course.Last.Bytes), 4));
        json.WriteNumber("dollars", decimal.Round(told.Cost(course), 4));
        json.WriteNumber("dollarsSaved", decimal.Round(told.Saved(course), 4));
        json.WriteStartArray("months");
        foreach (var (from, until, _) in told.Simulation.Months())
        {
            json.WriteStartObject();
            json.WriteString("from", from.UtcDateTime);
            json.WriteNumber("averageBytes", (long)course.Average(from, until));
            json.WriteNumber("dollars", decimal.Round(course.Cost(from, until, told.Price), 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("days");
        foreach (var (day, point) in course.Days(MostDays))
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
