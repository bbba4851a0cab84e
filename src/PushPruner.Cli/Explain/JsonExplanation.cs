namespace PushPruner.Cli.Explain;

/// <summary>One JSON document.</summary>
sealed class JsonExplanation(TextWriter output, ExplainAnswer answer) : IDisposable
{
    readonly JsonStream stream = new(output);
    readonly Sentences sentences = new(answer.Snapshot);

    Utf8JsonWriter Json => stream.Json;

    public void Write()
    {
        stream.Begin("explain");
        Json.WriteString("repository", answer.Asked.Repository);
        Json.WriteString("asked", answer.Asked.Name);
        Json.WriteString("at", answer.Snapshot.At.UtcDateTime);
        Json.WriteString("verdict", answer switch
        {
            { Found.IsExpired: true } => "expired",
            { Found: not null } => "kept",
            { Tombstones.Count: > 0 } => "deleted",
            _ => "unknown",
        });
        if (answer.Found is { } found)
            WriteFound(found);
        if (answer.Tombstones.Count > 0)
            Json.Array("deletions", answer.Tombstones, WriteDeletion);
        if (!answer.IsKnown)
        {
            Json.List("near", answer.Near);
            Json.WriteString("whereElse", answer.WhereElse);
        }

        Json.Policy(answer.Snapshot.Policy);
        Json.WriteString("policyFrom", answer.Basis.Origin);
        Json.Source(answer.Source);
        Json.List("notes", answer.Notes);
        Json.WriteEndObject();
        stream.End();
    }

    public void Dispose() => stream.Dispose();

    void WriteFound(Explanation found)
    {
        Json.WriteString("answer", sentences.Answer(found));
        Json.Known("keepsEverything", found.KeepsEverything);
        WriteManifest(found.Manifest);
        Json.WriteNumber("groupBytes", found.Manifest.OwnBytes + found.Followers.Sum(f => f.Manifest.OwnBytes));
        Json.Known("lastPulledAt", found.Manifest.LastPulledAt);
        Json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(found.Manifest.Status.ToString()));
        WriteJudged(found);
        Json.Array("follows", found.Follows, owner =>
        {
            Json.WriteString("verdict", owner.IsExpired ? "expired" : "kept");
            Json.WriteString("answer", sentences.Judged(owner));
            WriteManifest(owner.Manifest);
            WriteJudged(owner);
        });
        Json.Array("members", found.Followers.Where(f => f.Role == Role.Member), f => WriteManifest(f.Manifest));
        Json.Array("referrers", found.Followers.Where(f => f.Role == Role.Referrer), f => WriteManifest(f.Manifest));
    }

    void WriteJudged(Explanation e)
    {
        Json.WriteString("role", JsonNamingPolicy.KebabCaseLower.ConvertName(e.Role.ToString()));
        Json.WriteString("reason", e.Verdict.Reason);
        Json.WriteBoolean("inDoubt", e.Verdict.IsDoubt);
        Json.Known("kind", e.Verdict.Kind);
        Json.Known("rank", e.Verdict.Rank);
        Json.Known("activeAt", e.Group?.ActiveAt);
        Json.Known("age", Sentences.Youth(e));
        Json.Known("provenAfter", e.ProvenAfter);
        Json.List("unreadable", e.Unreadable.Select(d => d.Value));
        if (e.Forecast is not { } forecast)
            return;

        Json.Object("goesWhen", () =>
        {
            Json.WriteNumber("moreImages", forecast.NewerImages);
            Json.Known("after", forecast.After);
            Json.Known("protection", forecast.Protection);
            Json.Known("doubt", forecast.Doubt);
        });
    }

    void WriteDeletion(Tombstone tombstone)
    {
        Json.WriteString("digest", tombstone.Digest.Value);
        Json.List("tags", tombstone.Tags);
        Json.Known("pushedAt", tombstone.PushedAt);
        Json.WriteNumber("bytes", tombstone.Bytes);
        Json.WriteString("deletedAt", tombstone.DeletedAt.UtcDateTime);
        Json.WriteString("reason", tombstone.Reason);
        Json.WriteBoolean("foundGone", tombstone.IsFoundGone);
        Json.WriteString("requestId", tombstone.RequestId);
        Json.Known("eventId", tombstone.EventId);
        Json.Known("execution", tombstone.Execution);
        Json.Known("rank", tombstone.Rank);
        Json.Known("activeAt", tombstone.ActiveAt);
        Json.Known("ageDays", tombstone.Age is { } age ? Math.Round(age.TotalDays, 2) : null);
        if (tombstone.Policy is { } policy)
            Json.Policy(policy);
    }

    void WriteManifest(Manifest manifest)
    {
        Json.WriteString("digest", manifest.Digest.Value);
        Json.List("tags", manifest.Tags);
        Json.Known("pushedAt", manifest.PushedAt);
        Json.WriteNumber("bytes", manifest.OwnBytes);
        Json.WriteString("mediaType", manifest.MediaType);
    }
}
