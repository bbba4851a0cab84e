namespace PushPruner.Cli.Reconcile;

/// <summary>How a run ended.</summary>
enum Ending
{
    Deleted,
    DryRun,
    NothingToDelete,

    /// <summary>The answer was no.</summary>
    Declined,

    /// <summary>There was something to delete, and nobody to ask.</summary>
    NotAsked,

    /// <summary>Ctrl-C came before everything was done.</summary>
    Stopped,
}
