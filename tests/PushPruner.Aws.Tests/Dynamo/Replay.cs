using System.Text;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>
/// Runs the steps of a history on one index and tells their answers as text. Revisions are no part of it: each index gives out its own.
/// </summary>
sealed class Replay(IManifestIndex index, string repository, TimeProvider clock)
{
    const string State = "state";
    static readonly string[] BorneTags = ["latest", "stable"];

    readonly Dictionary<string, List<long>> given = new(StringComparer.Ordinal);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<string> RunAsync(Step step)
    {
        var digest = Sample.Digest(step.Number);
        var tag = BorneTags[step.Number % 2];
        switch (step.Kind)
        {
            case StepKind.Write:
                var row = await index.TryWriteAsync(repository, RowOf(step) with { Revision = Claimed(digest.Value, step.Age) }, Token);
                Note(digest.Value, row?.Revision);
                return Tell(row);

            case StepKind.Remove:
                return Tell(await index.TryRemoveAsync(repository, digest, Claimed(digest.Value, step.Age), Token));

            case StepKind.WriteState:
                var isWritten = await index.TryWriteStateAsync(
                    repository,
                    StateOf(step) with
                    {
                        Revision = Claimed(State, step.Age),
                    },
                    Token);
                Note(State, (await index.ReadAsync(repository, [], tag: null, Token)).State?.Revision);
                return Tell(isWritten);

            case StepKind.WriteBearer:
                var bearer = new ProtectingTag { Tag = tag, Row = RowOf(step), Revision = Claimed(tag, step.Age) };
                var isMoved = await index.TryWriteProtectingTagAsync(repository, bearer, Token);
                Note(tag, (await index.ReadAsync(repository, [], tag, Token)).ProtectingTag?.Revision);
                return Tell(isMoved);

            case StepKind.RemoveBearer:
                return Tell(await index.TryRemoveProtectingTagAsync(repository, tag, Claimed(tag, step.Age), Token));

            case StepKind.AddOwner:
                await index.AddOwnerAsync(repository, digest, Sample.Digest(10 + step.Age), Token);
                return Tell((await index.ReadRowsAsync(repository, [digest], Token)).GetValueOrDefault(digest));

            case StepKind.AddReferrer:
                await index.AddReferrerAsync(repository, digest, Sample.Digest(20 + step.Age), Token);
                return Tell((await index.ReadRowsAsync(repository, [digest], Token)).GetValueOrDefault(digest));

            case StepKind.Bury:
                await index.WriteTombstoneAsync(repository, TombstoneOf(step), Token);
                return Tell(await index.FindTombstoneAsync(repository, digest, Token));

            default:
                return await LookAsync(step, tag);
        }
    }

    public async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        var contents = await index.ReadAllAsync(repository, Token);
        foreach (var row in contents.Rows.Values.OrderBy(r => r.Digest))
            text.AppendLine(Tell(row));
        foreach (var bearer in contents.ProtectingTags.Values.OrderBy(b => b.Tag, StringComparer.Ordinal))
            text.AppendLine(Tell(bearer));
        for (var number = 1; number <= 5; number++)
            text.AppendLine(Tell(await index.FindTombstoneAsync(repository, Sample.Digest(number), Token)));
        text.AppendLine(Tell((await index.ReadAsync(repository, [], tag: null, Token)).State));
        foreach (var stream in Step.Streams)
        {
            text.AppendLine(stream).AppendJoin('\n', await index.NewestAsync(repository, stream, 100, Token)).AppendLine()
                .AppendJoin('\n', await index.DueAsync(repository, stream, DateTimeOffset.MaxValue, 100, Token)).AppendLine();
        }

        return text.ToString();
    }

    async Task<string> LookAsync(Step step, string tag)
    {
        var view = await index.ReadAsync(repository, [Sample.Digest(step.Number), Sample.Digest(1), Sample.Digest(2)], tag, Token);
        var newest = await index.NewestAsync(repository, step.Stream ?? Kind.Image, step.Number, Token);
        var due = await index.DueAsync(repository, step.Stream ?? Kind.Image, Instant(step.DueFrom) ?? Sample.Start, step.Number, Token);
        return new StringBuilder(Tell(view.State)).AppendLine(Tell(view.ProtectingTag))
            .AppendJoin('\n', view.Rows.Values.OrderBy(r => r.Digest).Select(Tell)).AppendLine()
            .AppendJoin('\n', newest).AppendLine()
            .AppendJoin('\n', due).ToString();
    }

    static IndexRow RowOf(Step step) =>
        new()
        {
            Digest = Sample.Digest(step.Number),
            Tags = step.Tags,
            PushedAt = Instant(step.RankedAt),
            Bytes = step.Number,
            History = new ManifestHistory
            {
                ProvenFor = Instant(step.RankedAt), Owners = step.DueFrom is null ? DigestSet.Of(Sample.Digest(9)) : DigestSet.Empty,
            },
            Stream = step.Stream,
            RankedAt = Instant(step.RankedAt),
            DueFrom = Instant(step.DueFrom),
        };

    static RepositoryState StateOf(Step step) => new()
    {
        ListedAt = Instant(step.RankedAt),
        DeferredAt = Instant(step.DueFrom),
        Overrides = new RepositoryOverrides
        {
            KeepNewest = step.RankedAt + 1,
            KeepFor = step.DueFrom is { } days ? TimeSpan.FromDays(days) : null,
            ProtectTags = WildcardSet.Of(step.Tags),
            Enabled = step.Number % 2 == 0,
        },
    };

    Tombstone TombstoneOf(Step step) => Sample.Tombstone(step.Number, clock.GetUtcNow()) with
    {
        Tags = step.Tags,
        PushedAt = Instant(step.RankedAt),
    };

    static DateTimeOffset? Instant(int? minutes) => minutes is { } m ? Sample.Start.AddMinutes(m) : null;

    long Claimed(string key, int age)
    {
        var revisions = given.GetValueOrDefault(key) ?? [];
        return age >= 2 || revisions.Count <= age ? IndexRow.Unwritten : revisions[^(age + 1)];
    }

    void Note(string key, long? revision)
    {
        if (revision is not { } r)
            return;
        if (!given.TryGetValue(key, out var revisions))
            given[key] = revisions = [];
        if (!revisions.Contains(r))
            revisions.Add(r);
    }

    static string Tell(bool answer) => answer ? "yes" : "no";

    static string Tell(IndexRow? row) => row is null ? "no row" : $"{row with { Tags = [], Revision = 0 }} [{string.Join(' ', row.Tags)}]";

    static string Tell(ProtectingTag? bearer) => bearer is null ? "no bearer" : $"{bearer.Tag}: {Tell(bearer.Row)}";

    static string Tell(RepositoryState? state) => state is null ? "no state" : (state with { Revision = 0 }).ToString();

    static string Tell(Tombstone? tombstone) =>
        tombstone is null ? "no tombstone" : $"{tombstone with { Tags = [] }} [{string.Join(' ', tombstone.Tags)}]";
}
