using PushPruner.Aws;

namespace PushPruner.Cli.Reconcile;

/// <summary>Where a reconcile is told.</summary>
interface IReconcileReport
{
    void Planned(RegistryHome? home, IReadOnlyList<RepositoryReport> plans)
    {
    }

    /// <summary>A plan was carried out, as far as it went.</summary>
    void Deleted(RepositoryReport repository)
    {
    }

    void End(Summary summary);
}
