using PushPruner.Cli.Embedded;
using PushPruner.Lambda;

namespace PushPruner.Cli.Replay;

/// <summary>One JSON document: each push with the function's own answer, then the repositories.</summary>
sealed class JsonReplayReport(TextWriter output) : IReplayReport
{
    readonly List<HandledPush> pushes = [];
    RetentionPolicy policy = new();

    public void Begin(RetentionPolicy policy, string account, string region) => this.policy = policy;

    public void Handled(HandledPush push) => pushes.Add(push);

    public void End(IReadOnlyList<RepositorySummary> repositories)
    {
        using var stream = new JsonStream(output);
        var json = stream.Json;
        stream.Begin("replay");
        json.WriteNumber("keepNewest", policy.KeepNewest);
        json.WriteNumber("keepDays", policy.KeepFor.TotalDays);
        json.WriteString("protectTags", policy.ProtectTags.ToString());
        json.Array("pushes", pushes, push => Write(json, push));
        json.Array("repositories", repositories, repository =>
        {
            json.WriteString("repository", repository.Repository);
            json.WriteNumber("pushed", repository.Pushed);
            json.WriteNumber("kept", repository.Kept);
            json.WriteNumber("deleted", repository.Deleted);
            json.WriteNumber("keptBytes", repository.KeptBytes);
            json.WriteNumber("deletedBytes", repository.DeletedBytes);
            json.WriteNumber("ecrCalls", repository.Calls);
        });
        json.WriteEndObject();
        stream.End();
    }

    static void Write(Utf8JsonWriter json, HandledPush push)
    {
        json.WriteString("at", push.At.UtcDateTime);
        json.WriteString("repository", push.Repository);
        json.WriteString("tag", push.Tag);
        if (push.Result is { } result)
        {
            json.WritePropertyName("result");
            JsonSerializer.Serialize(json, result, FunctionJson.Default.PruneResult);
        }
        else
        {
            json.WriteString("error", push.Error);
        }
    }
}
