using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Plan.Layers;

namespace PushPruner.Cli.Plan;

/// <summary>A plan that came to its end.</summary>
/// <param name="Usage">Null when nobody said what is in use.</param>
/// <param name="HasLayers">Whether layers were to be counted.</param>
sealed record PlanSummary(IReadOnlyList<PlanRow> Rows, Usage? Usage, bool HasLayers)
{
    public PlanTotals Totals { get; } = Sum(Rows);

    /// <summary>Of those repositories whose layers are known.</summary>
    public PlanTotals TotalsOfLayers { get; } = Sum(Rows.Where(r => r.Layers is not null));

    /// <summary>Null when no repository's layers are known.</summary>
    public LayerSums? Layers { get; } = Rows.Any(r => r.Layers is not null)
        ? Rows.Select(r => r.Layers).OfType<LayerSums>().Aggregate(LayerSums.None, (a, b) => a + b)
        : null;

    /// <summary>Repositories of which no layer is known.</summary>
    public int WithoutLayers { get; } = Rows.Count(r => r is { Totals: not null, Layers: null });

    public int Failed { get; } = Rows.Count(r => r.Error is not null);

    static PlanTotals Sum(IEnumerable<PlanRow> rows) => rows.Select(r => r.Totals).OfType<PlanTotals>().Aggregate(PlanTotals.None, (a, b) => a + b);
}
