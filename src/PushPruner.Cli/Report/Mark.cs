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

/// <summary>What becomes of an image.</summary>
enum VerdictKind
{
    Kept,
    Expired,

    /// <summary>Kept because something about it can't be established.</summary>
    Doubtful,
}

/// <summary>Some days, from an instant on.</summary>
sealed record DaySpan(DateTimeOffset From, int Days)
{
    public DateTimeOffset To => From.AddDays(Days);
}

/// <summary>Where a repository has more images than anybody can tell apart, they are drawn together by the day, or by some days.</summary>
static class MarkGrouping
{
    const int MostSingle = 400;
    const int MostSpans = 120;

    /// <param name="marks">The oldest first.</param>
    /// <param name="edge">An instant that parts the spans, so that none reaches over it.</param>
    public static IReadOnlyList<Mark> Together(IReadOnlyList<Mark> marks, DateTimeOffset edge)
    {
        if (marks.Count <= MostSingle)
            return marks;

        var days = Math.Max(1, (int)Math.Ceiling((marks[^1].At - marks[0].At).TotalDays / MostSpans));
        return
        [
            .. marks
                .GroupBy(m => (Number: (int)Math.Floor((m.At - edge).TotalDays / days), m.Fate))
                .OrderBy(g => g.Key.Number).ThenByDescending(g => g.Key.Fate)
                .Select(g => OfSeveral([.. g], new DaySpan(edge.AddDays(g.Key.Number * days), days))),
        ];
    }

    static Mark OfSeveral(List<Mark> marks, DaySpan span) =>
        new(
            marks[0].At,
            marks[0].Fate,
            marks.Count == 1 ? marks[0].Name : TextFormat.Images(marks.Count),
            marks.Sum(m => m.Bytes),
            ReasonOf(marks))
        {
            Count = marks.Count, Span = span,
        };

    static string ReasonOf(List<Mark> marks)
    {
        var reasons = marks.Select(m => m.Reason).Distinct(StringComparer.Ordinal).ToList();
        if (reasons.Count == 1)
            return reasons[0];
        if (marks[0].Fate == VerdictKind.Expired && marks.TrueForAll(m => m.Rank is not null))
        {
            var (first, last) = (marks.Min(m => m.Rank!.Value), marks.Max(m => m.Rank!.Value));
            return $"rank {TextFormat.Number(first)} to {TextFormat.Number(last)}, at least {marks[^1].Reason.Split(", ")[^1]}";
        }

        return $"{reasons[^1]}; and {TextFormat.Count(reasons.Count - 1, "other reason")}";
    }
}
