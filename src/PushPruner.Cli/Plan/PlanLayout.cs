namespace PushPruner.Cli.Plan;

/// <summary>How a plan is laid out for people.</summary>
/// <param name="HasDetails">Whether each image has a line.</param>
/// <param name="Top">How many repositories are shown at most; null shows all.</param>
sealed record PlanLayout(bool HasDetails, PlanOrder Order, int? Top)
{
    /// <summary>Those to show, and how many are left out.</summary>
    public (IReadOnlyList<PlanRow> Rows, int LeftOut) Choose(IReadOnlyList<PlanRow> rows)
    {
        var ordered = Order switch
        {
            // Failures have no size, and are seen first.
            PlanOrder.Size => rows.OrderByDescending(r => r.Layers?.Stored ?? r.Totals?.Bytes ?? long.MaxValue),
            PlanOrder.Saved => rows.OrderByDescending(r => r.Layers?.Freed ?? r.Totals?.BytesToFree ?? long.MaxValue),
            _ => rows.Order(Comparer<PlanRow>.Create((_, _) => 0)),
        };
        return ([.. ordered.Take(Top ?? rows.Count)], Math.Max(0, rows.Count - (Top ?? rows.Count)));
    }
}

/// <summary>In which order the repositories are shown.</summary>
enum PlanOrder
{
    Name,

    Size,

    Saved,
}
