namespace PushPruner.Cli.Report;

/// <summary>One image on a timeline, or those of some days that share a fate.</summary>
/// <param name="At">Its push; of several the first one's.</param>
/// <param name="Bytes">With what lives and dies with it.</param>
sealed record Mark(DateTimeOffset At, VerdictKind Fate, string Name, long Bytes, string Reason)
{
    /// <summary>How many images it stands for.</summary>
    public int Count { get; init; } = 1;

    public int? Rank { get; init; }

    /// <summary>The days whose images it stands for; null for a single image.</summary>
    public DaySpan? Span { get; init; }
}
