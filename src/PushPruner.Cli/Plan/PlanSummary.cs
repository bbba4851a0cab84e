using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Plan;

/// <summary>A plan that came to its end.</summary>
/// <param name="Usage">Null when nobody said what is in use.</param>
/// <param name="HasLayers">Whether layers were to be counted.</param>
/// <param name="Layers">Null when they were not, or no repository's are known.</param>
sealed record PlanSummary(IReadOnlyList<PlanRow> Rows, Usage? Usage, bool HasLayers, LayerTotal? Layers)
{
    public PlanTotals Totals { get; } = Sum(Rows);

    public int Failed { get; } = Rows.Count(r => r.Error is not null);

    /// <summary>Where a run would be halted, the one with the most expired images first.</summary>
    public IReadOnlyList<PlanRow> Halted { get; } =
    [.. Rows.Where(r => r.IsHalted).OrderByDescending(r => r.Totals!.Expired).ThenBy(r => r.Repository, StringComparer.Ordinal)];

    public PlanTotals TotalsOfHalted => Sum(Halted);

    /// <summary>Bytes to pay for, by the best count there is; null when layers were asked for and none is known.</summary>
    public Quantity? Stored => HasLayers ? Layers?.StoredBytes : Quantity.OfImages(Totals.Bytes);

    /// <summary>Bytes that would be freed, by the best count there is; null as <see cref="Stored"/>.</summary>
    public Quantity? Freed => HasLayers ? Layers?.FreedBytes : Quantity.OfImages(Totals.BytesToFree);

    /// <summary>Of what is freed that which is held back; null as <see cref="Stored"/>.</summary>
    public Quantity? FreedOfHalted =>
        HasLayers
            ? Halted.Any(r => r.Layers is null)
                ? null
                : new(Halted.Sum(r => r.Layers!.Freed), Halted.Select(r => r.Layers!.FreedIs).Aggregate(Bound.Exact, Bounds.And))
            : Quantity.OfImages(TotalsOfHalted.BytesToFree);

    /// <summary>Reasons of what is in doubt, the most frequent first.</summary>
    public IReadOnlyList<(string Reason, int Count)> Doubts =>
        [
            .. Rows.SelectMany(r => r.Doubts)
                .GroupBy(d => d.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Sum(d => d.Value)))
                .OrderByDescending(d => d.Item2)
                .ThenBy(d => d.Key, StringComparer.Ordinal),
        ];

    static PlanTotals Sum(IEnumerable<PlanRow> rows) =>
        rows.Select(r => r.Totals).OfType<PlanTotals>().Aggregate(PlanTotals.None, (a, b) => a + b);
}
