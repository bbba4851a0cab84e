using System.Text.Json;
using PushPruner.Aws;
using PushPruner.Cli.Output;
using PushPruner.Lambda;

namespace PushPruner.Cli.Reconcile;

/// <summary>One JSON document: each repository with the job's own result, then the sums.</summary>
sealed class JsonReconcileReport(TextWriter output, ReconcileArguments query) : IReconcileReport
{
    public void Planned(RegistryHome? home, IReadOnlyList<RepositoryReport> plans)
    {
    }

    public void Deleted(RepositoryReport repository)
    {
    }

    public void End(Summary summary)
    {
        using var stream = new JsonStream(output);
        var json = stream.Json;
        stream.Begin("reconcile");
        json.WriteString("requestId", summary.RequestId);
        json.WriteString("account", summary.Home?.Account);
        json.WriteString("region", summary.Home?.Region);
        json.WriteString("ending", JsonNamingPolicy.KebabCaseLower.ConvertName(summary.Ending.ToString()));
        if (summary.Error is { } error)
            json.WriteString("error", error);
        WritePolicy(json);
        json.WriteStartArray("repositories");
        foreach (var repository in summary.Repositories)
            Write(json, repository);
        json.WriteEndArray();
        json.WriteStartArray("left");
        foreach (var name in summary.Left)
            json.WriteStringValue(name);
        json.WriteEndArray();
        Write(json, Totals.Of(summary.Repositories));
        json.WriteEndObject();
        stream.End();
    }

    void WritePolicy(Utf8JsonWriter json)
    {
        var policy = query.Settings.Policy;
        json.WriteStartObject("policy");
        json.WriteNumber("keepNewest", policy.KeepNewest);
        json.WriteNumber("keepDays", policy.KeepFor.TotalDays);
        json.WriteString("protectTags", policy.ProtectTags.ToString());
        json.WriteNumber("keepPulledDays", policy.KeepPulledFor.TotalDays);
        json.WriteNumber("settleMinutes", policy.SettleTime.TotalMinutes);
        json.WriteNumber("maxDeletes", query.Settings.MaxDeletes);
        json.WriteEndObject();
    }

    void Write(Utf8JsonWriter json, RepositoryReport repository)
    {
        json.WriteStartObject();
        json.WriteString("repository", repository.Repository);
        if (repository.Error is { } error)
            json.WriteString("error", error);
        if (repository.Result is { } result)
        {
            json.WritePropertyName("result");
            JsonSerializer.Serialize(json, result, FunctionJson.Default.ReconcileResult);
            if (repository.Terms is { } terms)
                json.WriteString("approve", query.Approval(terms));
        }

        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Totals totals)
    {
        json.WriteStartObject("totals");
        json.WriteNumber("repositories", totals.Repositories);
        json.WriteNumber("images", totals.Images);
        json.WriteNumber("kept", totals.Kept);
        json.WriteNumber("expired", totals.Expired);
        json.WriteNumber("deleted", totals.Deleted);
        json.WriteNumber("bytes", totals.Bytes);
        json.WriteNumber("toDelete", totals.ToDelete);
        json.WriteNumber("bytesToDelete", totals.BytesToDelete);
        json.WriteNumber("failedDeletes", totals.FailedDeletes);
        json.WriteNumber("failed", totals.Failed);
        json.WriteNumber("halted", totals.Halted);
        json.WriteNumber("unfinished", totals.Unfinished);
        json.WriteEndObject();
    }
}
