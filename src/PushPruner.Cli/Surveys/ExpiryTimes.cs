using PushPruner.Jobs;
using PushPruner.Rules;

namespace PushPruner.Cli.Surveys;

/// <summary>When each manifest that goes would have gone, had the policy held all along.</summary>
sealed class ExpiryTimes
{
    readonly RepositorySnapshot survey;
    readonly Func<Digest, DateTimeOffset?>? heldUntil;
    readonly Dictionary<Digest, Verdict> expired;
    readonly Dictionary<(string? Kind, int Rank), DateTimeOffset> pushes;
    readonly Dictionary<Digest, DateTimeOffset> known = [];

    /// <param name="heldUntil">Until when a tag protected what bears it no more, where that is known.</param>
    public ExpiryTimes(RepositorySnapshot survey, Func<Digest, DateTimeOffset?>? heldUntil = null)
    {
        this.survey = survey;
        this.heldUntil = heldUntil;
        expired = survey.Expired.ToDictionary(v => v.Digest);
        pushes = survey.Verdicts.Where(v => v.Rank is not null).ToDictionary(v => (v.Kind, v.Rank!.Value), v => v.Manifest.PushedAt!.Value);
    }

    /// <summary>Null for what stays.</summary>
    public DateTimeOffset? Of(Digest digest)
    {
        if (!expired.TryGetValue(digest, out var verdict))
            return null;
        if (known.TryGetValue(digest, out var found))
            return found;

        // Before its owners are asked: where they run in a circle, the way ends here.
        known[digest] = Aged(verdict);
        var when = verdict.IsFollower ? WithItsOwners(verdict) : Outranked(verdict);
        // A signature may have come after its subject would have gone.
        return known[digest] = Within(Earliest(verdict) ?? when, when);
    }

    DateTimeOffset? Earliest(Verdict verdict)
    {
        if (heldUntil is null || verdict.IsFollower)
            return verdict.Manifest.PushedAt;

        var held = survey.GroupOf(verdict.Digest).Max(m => heldUntil(m.Digest));
        return held > verdict.Manifest.PushedAt ? held : verdict.Manifest.PushedAt;
    }

    DateTimeOffset Within(DateTimeOffset earliest, DateTimeOffset when)
    {
        when = when < earliest ? earliest : when;
        return when > survey.At ? survey.At : when;
    }

    DateTimeOffset Outranked(Verdict verdict)
    {
        var aged = Aged(verdict);
        return verdict.Rank is { } rank && pushes.TryGetValue((verdict.Kind, rank - survey.Policy.KeepNewest), out var push) && push > aged ? push : aged;
    }

    DateTimeOffset WithItsOwners(Verdict verdict) => survey.OwnersOf(verdict.Digest).Select(Of).Max() ?? Aged(verdict);

    DateTimeOffset Aged(Verdict verdict)
    {
        // With its uses: what was pulled was there until then, and what the pull kept it for. A lone referrer or a left-over part has no group.
        var group = verdict.Group ?? ImageGroup.Of(survey.Policy, survey.Manifests[verdict.Digest], survey.At);
        var from = group.DueFrom(survey.Policy, survey.At) ?? verdict.Manifest.PushedAt ?? survey.At;
        // Exactly X days old is kept.
        return survey.At - from <= survey.Policy.KeepFor ? survey.At : from + survey.Policy.KeepFor + TimeSpan.FromTicks(1);
    }
}
