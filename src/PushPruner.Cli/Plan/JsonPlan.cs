using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Plan;

/// <summary>One JSON document: each repository with each of its images, then the sums.</summary>
sealed class JsonPlan(TextWriter output, Price price) : IPlanReport, IDisposable
{
    const int Decimals = 6;

    readonly JsonStream stream = new(output);
    SnapshotRun? seen;

    Utf8JsonWriter Json => stream.Json;

    public void Begin(SnapshotRun seen)
    {
        this.seen = seen;
        // Form 2: what is held back, where the policy is from, and how far a number of bytes can be relied on.
        stream.Begin("plan", form: 2);
        Json.Policy(seen.Policy);
        Json.WriteString("policyFrom", seen.Basis.Origin);
        Json.WriteNumber("maxDeletes", seen.MaxDeletes);
        Json.WriteString("at", seen.At.UtcDateTime);
        Json.WriteNumber("dollarsPerGigabyteMonth", price.PerGigabyteMonth);
        Json.WriteStartArray("repositories");
    }

    public void Planned(RepositoryPlan plan, CancellationToken stop)
    {
        Json.WriteStartObject();
        Json.WriteString("repository", plan.Repository);
        Json.Policy(plan.Snapshot.Policy);
        Json.Known("keepsEverything", plan.Snapshot.KeepsEverything);
        var isHalted = plan.Totals.Expired > seen!.MaxDeletes;
        Json.WriteBoolean("halted", isHalted);
        if (isHalted)
            Json.WriteString("approve", Approval.Of(seen, plan.Repository, plan.Totals.Expired));
        Json.Object("totals", () => Write(plan.Totals, plan.Layers, plan.Layers?.StoredBytes, plan.Layers?.FreedBytes));
        Json.WriteStartArray("images");
        foreach (var image in PlannedImage.Of(plan.Snapshot))
        {
            stop.ThrowIfCancellationRequested();
            Write(image, plan);
            stream.PassOn();
        }

        Json.WriteEndArray();
        Json.WriteEndObject();
    }

    public void Failed(PlanRow row)
    {
        Json.WriteStartObject();
        Json.WriteString("repository", row.Repository);
        Json.WriteString("error", row.Error);
        Json.WriteEndObject();
    }

    public void End(PlanSummary summary)
    {
        Json.WriteEndArray();
        Json.WriteStartObject("totals");
        Json.WriteNumber("repositories", summary.Rows.Count);
        Json.WriteNumber("failed", summary.Failed);
        Write(summary.Totals, summary.Layers?.Sums, summary.Layers?.StoredBytes, summary.Layers?.FreedBytes);
        Json.WriteNumber("dollarsToRunAMonth", decimal.Round(RunningCost.Monthly(summary.Rows.Count), Decimals));
        Json.Object("halted", () =>
        {
            Json.WriteNumber("repositories", summary.Halted.Count);
            Json.WriteNumber("images", summary.TotalsOfHalted.Expired);
            WriteSize("bytesToFree", "dollarsSavedAMonth", summary.TotalsOfHalted.BytesToFree);
        });
        Json.WriteEndObject();
        if (summary.Layers is { } counted)
            Json.WriteString("layersCountedOnceA", counted.Mounting == BlobMounting.On ? "registry" : "repository");
        if (summary.Usage is { } usage)
            Write(usage);
        Json.Source(seen!.Source);
        Json.List(
            "notes",
            [
                .. seen.Notes,
                .. summary.Rows.Select(r => r.Hint).OfType<string>(),
                .. summary.Rows.Where(r => r is { Error: not null, Totals: not null }).Select(r => $"{r.Repository}: {r.Error}"),
            ]);
        Json.WriteEndObject();
        stream.End();
    }

    public void Stop() => stream.Break();

    public void Dispose() => stream.Dispose();

    // The sums over images are at-most: ECR stores a layer once that several images have.
    void Write(PlanTotals totals, LayerSums? layers, Quantity? stored, Quantity? freed)
    {
        Json.WriteNumber("images", totals.Images);
        Json.WriteNumber("kept", totals.Kept);
        Json.WriteNumber("expired", totals.Expired);
        Json.WriteNumber("inDoubt", totals.InDoubt);
        Json.WriteNumber("manifests", totals.Manifests);
        Json.WriteNumber("manifestsToGo", totals.ManifestsToGo);
        WriteSize("bytes", "dollarsAMonth", totals.Bytes);
        WriteSize("bytesToFree", "dollarsSavedAMonth", totals.BytesToFree);
        Json.WriteString("bytesAre", Quantity.OfImages(totals.Bytes).Bound.Word());
        Json.WriteNumber("archivedBytes", totals.ArchivedBytes);
        if ((layers, stored, freed) is ({ } sums, { } storedBytes, { } freedBytes))
        {
            Json.Object("layers", () =>
            {
                WriteSize("bytes", "dollarsAMonth", storedBytes.Bytes);
                Json.WriteString("bytesAre", storedBytes.Bound.Word());
                WriteSize("bytesToFree", "dollarsSavedAMonth", freedBytes.Bytes);
                Json.WriteString("bytesToFreeAre", freedBytes.Bound.Word());
                Json.WriteNumber("manifestsRead", sums.Read);
                Json.WriteNumber("keptNotRead", sums.UnreadKept);
                Json.WriteNumber("expiredNotRead", sums.UnreadExpired);
            });
        }

        Json.Object("daysPlusNewestRule", () =>
        {
            Json.WriteNumber("keptBesides", totals.OtherRuleImages);
            Json.WriteNumber("bytes", totals.OtherRuleBytes);
        });
    }

    void WriteSize(string name, string nameOfDollars, long bytes)
    {
        Json.WriteNumber(name, bytes);
        Json.WriteNumber(nameOfDollars, decimal.Round(price.Monthly(bytes), Decimals));
    }

    void Write(PlannedImage image, RepositoryPlan plan)
    {
        Json.WriteStartObject();
        Json.WriteString("verdict", image.Word);
        Json.WriteString("reason", image.Verdict.Reason);
        Json.Known("kind", image.Verdict.Kind);
        Json.Known("rank", image.Verdict.Rank);
        Json.List("tags", image.Manifest.Tags);
        Json.WriteString("digest", image.Manifest.Digest.Value);
        Json.Known("pushedAt", image.Manifest.PushedAt);
        Json.Known("ageDays", image.Age is { } age ? Math.Round(age.TotalDays, Decimals) : null);
        Json.WriteNumber("bytes", image.Manifest.OwnBytes);
        Json.WriteNumber("groupBytes", image.GroupBytes);
        Json.List("members", image.Members.Select(m => m.Digest.Value));
        Json.List("referrers", image.Referrers.Select(m => m.Digest.Value));
        if (plan.Other.Images.Contains(image.Manifest.Digest))
            Json.WriteBoolean("keptByDaysPlusNewestRule", value: true);
        if (plan.Used.TryGetValue(image.Manifest.Digest, out var used))
            Json.List("inUse", used.References);
        Json.WriteEndObject();
    }

    void Write(Usage usage)
    {
        Json.WriteStartObject("inUse");
        Json.WriteNumber("references", usage.References);
        Json.WriteNumber("ofOtherRegistries", usage.Elsewhere);
        Json.WriteNumber("notFound", usage.NotFound);
        Json.WriteNumber("notUnderstood", usage.NotUnderstood);
        Json.Array("expired", usage.Held, used =>
        {
            Json.WriteString("repository", used.Repository);
            Json.List("tags", used.Verdict.Manifest.Tags);
            Json.WriteString("digest", used.Verdict.Digest.Value);
            Json.WriteString("reason", used.Verdict.Reason);
            Json.List("references", used.References);
        });
        Json.WriteEndObject();
    }
}
