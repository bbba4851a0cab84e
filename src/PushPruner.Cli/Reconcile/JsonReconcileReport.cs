using PushPruner.Lambda;

namespace PushPruner.Cli.Reconcile;

/// <summary>One JSON document: each repository with the job's own result, then the sums.</summary>
sealed class JsonReconcileReport(TextWriter output, ReconcileArguments arguments) : IReconcileReport
{
    static readonly JsonSerializerOptions CamelCase = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public void End(Summary summary)
    {
        using var stream = new JsonStream(output);
        var json = stream.Json;
        stream.Begin("reconcile");
        json.WriteString("requestId", summary.RequestId);
        json.WriteString("account", summary.Home?.Account);
        json.WriteString("region", summary.Home?.Region);
        json.WriteString("ending", JsonNamingPolicy.KebabCaseLower.ConvertName(summary.Ending.ToString()));
        json.Known("error", summary.Error);
        json.Policy(arguments.Settings.Policy, arguments.Settings.MaxDeletes);
        json.Array("repositories", summary.Repositories, repository => Write(json, repository));
        json.List("left", summary.Left);
        json.WritePropertyName("totals");
        JsonSerializer.Serialize(json, Totals.Of(summary.Repositories), CamelCase);
        json.WriteEndObject();
        stream.End();
    }

    void Write(Utf8JsonWriter json, RepositoryReport repository)
    {
        json.WriteString("repository", repository.Repository);
        json.Known("error", repository.Error);
        if (repository.Result is not { } result)
            return;

        json.WritePropertyName("result");
        JsonSerializer.Serialize(json, result, FunctionJson.Default.ReconcileResult);
        json.Known("approve", repository.Terms is { } terms ? arguments.Approval(terms) : null);
    }
}
