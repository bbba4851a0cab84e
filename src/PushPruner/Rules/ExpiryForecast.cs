namespace PushPruner.Rules;

/// <summary>
/// What has to come to pass before the rule lets an image go: all of it, in whatever order. Where nothing is left it is expired, unless
/// nothing of its repository may go.
/// </summary>
/// <param name="NewerImages">
/// How many more images must be pushed to its repository for it to be outranked; 0 when it is, or when rank doesn't count for it.
/// </param>
/// <param name="After">The last instant at which its age, or its last use, keeps it: it must be past. Null when it is past.</param>
/// <param name="Protection">The tag that protects it and the pattern it matches: that must end. Null when none does.</param>
/// <param name="Doubt">What can't be established about it or a part of it: no time settles that. Null when nothing.</param>
public sealed record ExpiryForecast(int NewerImages, DateTimeOffset? After, string? Protection, string? Doubt)
{
    // Far beyond any policy, and far enough within the calendar to count on from there.
    static readonly DateTimeOffset EndOfTime = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True when time and pushes alone make it expire.</summary>
    public bool EndsByItself => Protection is null && Doubt is null;

    /// <summary>True when nothing is left that keeps it.</summary>
    public bool IsOver => EndsByItself && NewerImages == 0 && After is null;

    /// <param name="rank">
    /// How many of the repository's images are newer; null for what takes no place, such as a part whose index is gone.
    /// </param>
    /// <param name="group">What it and all that is kept and deleted together with it say.</param>
    public static ExpiryForecast Of(RetentionPolicy policy, DateTimeOffset now, int? rank, ImageGroup group)
    {
        // A use that a clock ahead of ours recorded counts from when it is reached.
        var dueFrom = (group with { Protection = null, Doubt = null }).DueFrom(policy, EndOfTime)!.Value;
        var until = dueFrom > EndOfTime ? EndOfTime : dueFrom + policy.KeepFor;
        return new(rank is { } r ? Math.Max(0, policy.KeepNewest - r) : 0, now <= until ? until : null, group.Protection, group.Doubt);
    }
}
