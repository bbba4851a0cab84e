using PushPruner.Jobs;
using PushPruner.Rules;

namespace PushPruner.Cli.Report;

/// <summary>When each manifest that goes would have gone, had the policy held all along.</summary>
sealed class Departures
{
    readonly Survey survey;
    readonly Dictionary<Digest, Verdict> expired;
    readonly Dictionary<int, DateTimeOffset> pushes;
    readonly Dictionary<Digest, DateTimeOffset> known = [];

    public Departures(Survey survey)
    {
        this.survey = survey;
        expired = survey.Expired.ToDictionary(v => v.Digest);
        pushes = survey.Verdicts.Where(v => v.Rank is not null).ToDictionary(v => v.Rank!.Value, v => v.Manifest.PushedAt!.Value);
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
        return known[digest] = Within(verdict.Manifest.PushedAt ?? when, when);
    }

    DateTimeOffset Within(DateTimeOffset earliest, DateTimeOffset when)
    {
        when = when < earliest ? earliest : when;
        return when > survey.At ? survey.At : when;
    }

    DateTimeOffset Outranked(Verdict verdict)
    {
        var aged = Aged(verdict);
        return verdict.Rank is { } rank && pushes.TryGetValue(rank - survey.Policy.KeepNewest, out var push) && push > aged ? push : aged;
    }

    DateTimeOffset WithItsOwners(Verdict verdict) => survey.OwnersOf(verdict.Digest).Select(Of).Max() ?? Aged(verdict);

    DateTimeOffset Aged(Verdict verdict)
    {
        var from = verdict.Group?.ActiveAt ?? verdict.Manifest.PushedAt ?? survey.At;
        return survey.At - from < survey.Policy.KeepFor ? survey.At : from + survey.Policy.KeepFor;
    }
}
