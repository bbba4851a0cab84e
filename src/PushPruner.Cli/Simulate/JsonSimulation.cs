namespace PushPruner.Cli.Simulate;

/// <summary>
/// One JSON document: each policy with its numbers and its storage by the day (by several days, where these are many), and the months.
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
        json.Array("policies", told.Simulation.Courses, series =>
        {
            json.WriteString("policy", series.Name);
            json.WriteNumber("images", series.Last.Images);
            json.WriteNumber("bytes", series.Last.Bytes);
            json.WriteNumber("peakBytes", series.Peak);
            json.WriteNumber("averageBytes", (long)series.Average(series.From, series.Until));
            json.WriteNumber("deleted", series.Deleted);
            json.WriteNumber("dollarsAMonth", decimal.Round(told.Price.Monthly(series.Last.Bytes), 4));
            json.WriteNumber("dollars", decimal.Round(told.Cost(series), 4));
            json.WriteNumber("dollarsSaved", decimal.Round(told.Saved(series), 4));
            json.Array("months", told.Simulation.Months(), month =>
            {
                json.WriteString("from", month.From.UtcDateTime);
                json.WriteNumber("averageBytes", (long)series.Average(month.From, month.Until));
                json.WriteNumber("dollars", decimal.Round(series.Cost(month.From, month.Until, told.Price), 4));
            });
            json.Array("days", series.Days(MostDays), day =>
            {
                json.WriteString("day", day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteNumber("images", day.Point.Images);
                json.WriteNumber("bytes", day.Point.Bytes);
            });
        });
        json.List("failed", told.Failed.Select(f => f.Repository));
        json.List("notes", told.Notes);
        json.WriteEndObject();
        stream.End();
    }
}
