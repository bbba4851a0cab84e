using System.Globalization;
using PushPruner.Policies;

namespace PushPruner.Rules;

/// <summary>
/// The rule. An image is expired when it is outranked by N newer images and older than X, and nothing else keeps it. A pure function:
/// the push, the reconcile, the dry run and the command line decide with this, and nothing decides beside it.
/// </summary>
public static class Retention
{
    // ECR refreshes the time of the last pull at least once a day, not at once.
    static readonly TimeSpan PullLag = TimeSpan.FromDays(1);

    /// <summary>
    /// Gives a verdict on each manifest, in the order given, ranked among the manifests given. Where these are only a part of the repository, a rank is too
    /// low rather than too high, so the verdicts err on the side of keeping.
    /// </summary>
    /// <param name="facts">Each manifest once; a digest given twice would count twice.</param>
    /// <param name="scope">Whether the facts are all of the repository; only the wording of reasons depends on it.</param>
    /// <exception cref="ArgumentException">A digest stands twice among the facts.</exception>
    public static IReadOnlyList<Verdict> Decide(RetentionPolicy policy, DateTimeOffset now, IEnumerable<Fact> facts, Scope scope)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(facts);

        var standings = new List<(Fact Fact, Standing Standing)>();
        var seen = new HashSet<Digest>();
        foreach (var fact in facts)
        {
            if (!seen.Add(fact.Digest))
                throw new ArgumentException($"{fact.Digest} stands twice among the facts", nameof(facts));
            standings.Add((fact, Standing.Of(fact, now)));
        }

        var ranks = Rank(standings);
        return [.. standings.Select(s => s.Standing switch
        {
            Standing.Image image => Judge(policy, now, s.Fact, image, ranks[s.Fact.Digest], scope),
            Standing.NotCounted other => new Verdict(s.Fact.Manifest, IsExpired: false, other.Reason),
            Standing.Doubtful doubt => new Verdict(s.Fact.Manifest, IsExpired: false, $"in doubt: {doubt.Reason}") { IsDoubt = true },
            _ => throw new InvalidOperationException($"no verdict for {s.Standing}"),
        })];
    }

    /// <summary>The tag that protects a manifest and the pattern it matches; null when none does.</summary>
    public static string? Protection(RetentionPolicy policy, Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(manifest);
        foreach (var tag in manifest.Tags)
        {
            if (policy.ProtectTags.FirstMatch(tag) is { } pattern)
                return $"tag {tag} matches {pattern}";
        }

        return null;
    }

    /// <summary>
    /// The instant from which X counts: the latest activity or, where a pull keeps the image longer, as much later as that. An image
    /// can't expire before more than X has passed since then.
    /// </summary>
    public static DateTimeOffset DueFrom(RetentionPolicy policy, DateTimeOffset now, Manifest manifest, Standing.Image image)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(image);

        // By spans: a broken time of a pull must not leave the calendar.
        var longer = PulledUntil(policy, now, manifest) is { } until ? until - image.ActiveAt - policy.KeepFor : TimeSpan.Zero;
        return longer > TimeSpan.Zero ? image.ActiveAt + longer : image.ActiveAt;
    }

    static Dictionary<Digest, int> Rank(IEnumerable<(Fact Fact, Standing Standing)> standings)
    {
        var newestFirst = standings
            .Where(s => s.Standing is Standing.Image)
            .OrderByDescending(s => ((Standing.Image)s.Standing).PushedAt)
            .ThenBy(s => s.Fact.Digest);
        return newestFirst.Select((s, rank) => (s.Fact.Digest, rank)).ToDictionary(r => r.Digest, r => r.rank);
    }

    static Verdict Judge(RetentionPolicy policy, DateTimeOffset now, Fact fact, Standing.Image image, int rank, Scope scope)
    {
        var manifest = fact.Manifest;
        var age = now - image.ActiveAt;

        if (Protection(policy, manifest) is { } protection)
            return Keep(protection);
        if (rank < policy.KeepNewest)
            return Keep(Invariant($"rank {rank} of {policy.KeepNewest}"));
        if (age <= policy.KeepFor)
            return Keep(Days(age, Math.Floor));
        if (PulledUntil(policy, now, manifest) is { } until && now <= until)
            return Keep(Invariant($"pulled {manifest.LastPulledAt:yyyy-MM-dd}, kept until {until:yyyy-MM-dd}"));

        var orMore = scope == Scope.PartOfRepository ? " or more" : "";
        return new Verdict(manifest, IsExpired: true, Invariant($"rank {rank}{orMore}, {Days(age, Math.Ceiling)}")) { Rank = rank };

        Verdict Keep(string reason) => new(manifest, IsExpired: false, reason) { Rank = rank };
    }

    static DateTimeOffset? PulledUntil(RetentionPolicy policy, DateTimeOffset now, Manifest manifest)
    {
        if (policy.KeepPulledFor == TimeSpan.Zero || manifest.LastPulledAt is not { } pulled)
            return null;

        return (pulled > now ? now : pulled) + policy.KeepPulledFor + PullLag;
    }

    // Kept is rounded down and expired up, so that no reason reads as if the rule were off by one.
    static string Days(TimeSpan age, Func<double, double> round) => Invariant($"{round(age.TotalDays * 10) / 10:0.0} days old");

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
