using System.Text.Json;
using PushPruner.Cli.Output;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Snapshots;

namespace PushPruner.Cli.Explain;

/// <summary>One JSON document.</summary>
sealed class JsonExplanation(TextWriter output)
{
    public void Tell(ExplainAnswer answer)
    {
        using var stream = new JsonStream(output);
        var json = stream.Json;
        stream.Begin("explain");
        json.WriteString("repository", answer.Asked.Repository);
        json.WriteString("asked", answer.Asked.Name);
        json.WriteString("at", answer.Snapshot.At.UtcDateTime);
        json.WriteString("verdict", Word(answer));
        if (answer.Found is { } found)
            WriteFound(json, answer.Snapshot, found);
        if (answer.Tombstones.Count > 0)
            WriteArray(json, "deletions", answer.Tombstones, WriteDeletion);
        if (!answer.IsKnown)
        {
            WriteList(json, "near", answer.Near);
            json.WriteString("whereElse", answer.WhereElse);
        }

        WriteContext(json, answer);
        json.WriteEndObject();
        stream.End();
    }

    static string Word(ExplainAnswer answer) => answer switch
    {
        { Found.IsExpired: true } => "expired",
        { Found: not null } => "kept",
        { Tombstones.Count: > 0 } => "deleted",
        _ => "unknown",
    };

    static void WriteFound(Utf8JsonWriter json, RepositorySnapshot snapshot, Explanation found)
    {
        var sentences = new Sentences(snapshot);
        json.WriteString("answer", sentences.Answer(found));
        if (found.KeepsEverything is { } why)
            json.WriteString("keepsEverything", why);
        WriteManifest(json, found.Manifest);
        json.WriteNumber("groupBytes", found.Manifest.OwnBytes + found.Followers.Sum(f => f.Manifest.OwnBytes));
        if (found.Manifest.LastPulledAt is { } pulled)
            json.WriteString("lastPulledAt", pulled.UtcDateTime);
        json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(found.Manifest.Status.ToString()));
        WriteJudged(json, found);
        WriteArray(json, "follows", found.Follows, (j, e) =>
        {
            j.WriteString("verdict", e.IsExpired ? "expired" : "kept");
            j.WriteString("answer", sentences.Judged(e));
            WriteManifest(j, e.Manifest);
            WriteJudged(j, e);
        });
        WriteArray(json, "members", found.Followers.Where(f => f.Role == Role.Member), (j, f) => WriteManifest(j, f.Manifest));
        WriteArray(json, "referrers", found.Followers.Where(f => f.Role == Role.Referrer), (j, f) => WriteManifest(j, f.Manifest));
    }

    static void WriteJudged(Utf8JsonWriter json, Explanation e)
    {
        json.WriteString("role", JsonNamingPolicy.KebabCaseLower.ConvertName(e.Role.ToString()));
        json.WriteString("reason", e.Verdict.Reason);
        json.WriteBoolean("inDoubt", e.Verdict.IsDoubt);
        if (e.Verdict.Kind is { } kind)
            json.WriteString("kind", kind);
        if (e.Verdict.Rank is { } rank)
            json.WriteNumber("rank", rank);
        if (e.Group is { } group)
            json.WriteString("activeAt", group.ActiveAt.UtcDateTime);
        if (Sentences.Youth(e) is { } youth)
            json.WriteString("age", youth);
        if (e.ProvenAfter is { } proven)
            json.WriteString("provenAfter", proven.UtcDateTime);
        WriteList(json, "unreadable", e.Unreadable.Select(d => d.Value));
        if (e.Forecast is { } forecast)
            WriteOutlook(json, forecast);
    }

    static void WriteOutlook(Utf8JsonWriter json, ExpiryForecast forecast)
    {
        json.WriteStartObject("goesWhen");
        json.WriteNumber("moreImages", forecast.NewerImages);
        if (forecast.After is { } after)
            json.WriteString("after", after.UtcDateTime);
        if (forecast.Protection is { } protection)
            json.WriteString("protection", protection);
        if (forecast.Doubt is { } doubt)
            json.WriteString("doubt", doubt);
        json.WriteEndObject();
    }

    static void WriteDeletion(Utf8JsonWriter json, Tombstone tombstone)
    {
        json.WriteString("digest", tombstone.Digest.Value);
        WriteList(json, "tags", tombstone.Tags);
        if (tombstone.PushedAt is { } pushed)
            json.WriteString("pushedAt", pushed.UtcDateTime);
        json.WriteNumber("bytes", tombstone.Bytes);
        json.WriteString("deletedAt", tombstone.DeletedAt.UtcDateTime);
        json.WriteString("reason", tombstone.Reason);
        json.WriteBoolean("foundGone", tombstone.IsFoundGone);
        json.WriteString("requestId", tombstone.RequestId);
        if (tombstone.EventId is { } evt)
            json.WriteString("eventId", evt);
        if (tombstone.Execution is { } execution)
            json.WriteString("execution", execution);
        if (tombstone.Rank is { } rank)
            json.WriteNumber("rank", rank);
        if (tombstone.ActiveAt is { } active)
            json.WriteString("activeAt", active.UtcDateTime);
        if (tombstone.Age is { } age)
            json.WriteNumber("ageDays", Math.Round(age.TotalDays, 2));
        if (tombstone.Policy is { } policy)
            WritePolicy(json, policy);
    }

    static void WriteManifest(Utf8JsonWriter json, Manifest manifest)
    {
        json.WriteString("digest", manifest.Digest.Value);
        WriteList(json, "tags", manifest.Tags);
        if (manifest.PushedAt is { } pushed)
            json.WriteString("pushedAt", pushed.UtcDateTime);
        json.WriteNumber("bytes", manifest.OwnBytes);
        json.WriteString("mediaType", manifest.MediaType);
    }

    static void WriteContext(Utf8JsonWriter json, ExplainAnswer answer)
    {
        WritePolicy(json, answer.Snapshot.Policy);
        json.WriteString("policyFrom", answer.Basis.Origin);
        json.WriteStartObject("source");
        json.WriteString("title", answer.Source.Title);
        json.WriteString("account", answer.Source.Place.Account);
        json.WriteString("region", answer.Source.Place.Region);
        json.WriteEndObject();
        WriteList(json, "notes", answer.Notes);
    }

    static void WritePolicy(Utf8JsonWriter json, RetentionPolicy policy)
    {
        json.WriteStartObject("policy");
        json.WriteNumber("keepNewest", policy.KeepNewest);
        json.WriteNumber("keepDays", policy.KeepFor.TotalDays);
        json.WriteString("protectTags", policy.ProtectTags.ToString());
        json.WriteNumber("keepPulledDays", policy.KeepPulledFor.TotalDays);
        json.WriteNumber("settleMinutes", policy.SettleTime.TotalMinutes);
        json.WriteEndObject();
    }

    static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> all, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var one in all)
        {
            json.WriteStartObject();
            write(json, one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
