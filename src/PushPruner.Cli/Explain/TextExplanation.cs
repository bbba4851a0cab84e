namespace PushPruner.Cli.Explain;

/// <summary>The answer in a line, what there is to know of the image, and what it lives and dies with.</summary>
sealed class TextExplanation(TextWriter output)
{
    const int MostLines = 20;
    const int Label = 13;

    readonly PlainConsole console = new(output);

    public void Tell(ExplainAnswer answer)
    {
        if (answer.Found is { } found)
            Tell(answer, found);
        else if (answer.Tombstones.Count > 0)
            TellDeleted(answer);
        else
            TellUnknown(answer);
    }

    void Tell(ExplainAnswer answer, Explanation found)
    {
        // What isn't there is judged by nobody.
        if (answer.Basis.Sentence is { } origin)
        {
            console.Write(origin);
            console.Write("");
        }

        var sentences = new Sentences(answer.Snapshot);
        Head(answer, found.Manifest.Tags, found.Manifest.Digest);
        console.Write(sentences.Answer(found), found.IsExpired ? Styles.Odd : Styles.Good);
        if (found.Follows.Count > 1)
            WriteSome(found.Follows, f => console.Write($"  - {Sentences.Name(f.Manifest)} is {sentences.Judged(f)}"));
        console.Write("");

        var manifest = found.Manifest;
        Line("Pushed", At(manifest.PushedAt));
        if (Sentences.Youth(found) is { } youth)
            Line("Age", youth);
        Line("Last pulled", LastPull(found));
        Line("Size", MediaTypes.IsManifestList(manifest.MediaType)
            ? $"{Bytes.Shown(found.Followers.Sum(f => f.Manifest.OwnBytes))} with all that it owns"
            : Bytes.Shown(manifest.Bytes));
        Line("Type", manifest.MediaType ?? "unknown");
        if (found.Verdict.Kind is { } kind && kind != Kind.Image)
            Line("Kind", $"{kind}, ranked among its own");
        WriteSome(found.Followers, f => Line(f.Role == Role.Member ? "Member" : "Referrer", Follower(f.Manifest)));
        foreach (var earlier in answer.Tombstones)
        {
            var how = earlier.IsFoundGone ? "found gone" : "deleted";
            Line("Before", $"an earlier push of this digest was {how} on {TimeText.At(earlier.DeletedAt)}: {earlier.Reason}");
        }

        Foot(answer);
    }

    void TellDeleted(ExplainAnswer answer)
    {
        foreach (var tombstone in answer.Tombstones.Take(MostLines))
        {
            Head(answer, tombstone.Tags, tombstone.Digest);
            console.Write(
                tombstone.IsFoundGone
                    ? $"gone on {TimeText.At(tombstone.DeletedAt)}: {tombstone.Reason}"
                    : $"deleted on {TimeText.At(tombstone.DeletedAt)}: {tombstone.Reason}",
                Styles.Odd);
            console.Write("");
            TellCircumstances(tombstone);
            console.Write("");
        }

        if (answer.Tombstones.Count > MostLines)
            console.Write($"and {TextFormat.Number(answer.Tombstones.Count - MostLines)} earlier deletions");
        if (answer.Source.Title is { } title)
            console.Write(title);
    }

    // An older tombstone tells less, and so does that of what nobody here deleted.
    void TellCircumstances(Tombstone tombstone)
    {
        Line("Request", tombstone.RequestId);
        if (tombstone.EventId is { } evt)
            Line("Event", evt);
        if (tombstone.Execution is { } execution)
            Line("Execution", execution);
        Line("Pushed", At(tombstone.PushedAt));
        if (tombstone.Age is { } age)
        {
            Line(
                "Age",
                $"{TimeText.AgeAtTheEnd(age)}{(tombstone.ActiveAt == tombstone.PushedAt ? "" : $", counted from "
                    + $"{TimeText.At(tombstone.ActiveAt!.Value)}")}");
        }

        if (tombstone.Rank is { } rank)
            Line("Rank", TextFormat.Number(rank));
        if (tombstone.Policy is { } policy)
            Line("Policy", TextFormat.Sentence(policy));
        Line("Size", Bytes.Shown(tombstone.Bytes));
    }

    void TellUnknown(ExplainAnswer answer)
    {
        console.Write($"Nothing is known of {answer.Asked.Name} in {answer.Asked.Repository}.", Styles.Odd);
        if (answer.Near.Count > 0)
            console.Write($"Tags that look like it: {string.Join(", ", answer.Near)}");
        foreach (var line in answer.WhereElse?.Split('\n') ?? [])
            console.Write(line, Styles.Quiet);
    }

    void Head(ExplainAnswer answer, IReadOnlyList<string> tags, Digest digest)
    {
        console.Write(tags.Count == 0 ? answer.Asked.Repository : $"{answer.Asked.Repository}  {string.Join(", ", tags)}");
        console.Write(digest.Value);
        console.Write("");
    }

    void Foot(ExplainAnswer answer)
    {
        console.Write("");
        console.Write(TextFormat.Sentence(answer.Snapshot.Policy));
        if (answer.Source.Title is { } title)
            console.Write(title);
        foreach (var note in answer.Notes)
            console.Write($"* {note}", Styles.Quiet);
    }

    void WriteSome<T>(IReadOnlyList<T> all, Action<T> write)
    {
        foreach (var one in all.Take(MostLines))
            write(one);
        if (all.Count > MostLines)
            console.Write($"  and {TextFormat.Number(all.Count - MostLines)} more");
    }

    void Line(string label, string text) => console.Write($"  {label.PadRight(Label)}{text}");

    // ECR records a pull of what was pulled, which of a multi-arch image is the index and a member.
    static string LastPull(Explanation found)
    {
        var pulled = found.Followers.Append((found.Manifest, found.Role)).Where(m => m.Manifest.LastPulledAt is not null).ToList();
        if (pulled.Count == 0)
            return "never, as far as ECR knows";

        var (manifest, role) = pulled.MaxBy(m => m.Manifest.LastPulledAt);
        var which =
            manifest.Digest == found.Manifest.Digest
                ? ""
                : $", its {(role == Role.Member ? "member" : "referrer")} {Sentences.Short(manifest.Digest)}";
        return TimeText.At(manifest.LastPulledAt!.Value) + which;
    }

    static string Follower(Manifest manifest)
    {
        var size = MediaTypes.IsManifestList(manifest.MediaType) ? "an index" : Bytes.Shown(manifest.Bytes);
        var tags = manifest.Tags.Count == 0 ? "" : $"  {TagList.Of(manifest)}";
        return $"{manifest.Digest}  {size}{tags}";
    }

    static string At(DateTimeOffset? pushed) => pushed is { } time ? TimeText.At(time) : "at an unknown time";
}
