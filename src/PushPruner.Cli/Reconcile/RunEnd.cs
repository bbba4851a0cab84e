namespace PushPruner.Cli.Reconcile;

/// <summary>How a run ended.</summary>
enum RunEnd
{
    Deleted,
    DryRun,
    NothingToDelete,

    /// <summary>
    /// Nothing was to be deleted, as far as that is known: the registry was not listed, or a repository failed or was halted.
    /// </summary>
    Failed,

    /// <summary>The answer was no.</summary>
    Declined,

    /// <summary>There was something to delete, and nobody to ask.</summary>
    NotAsked,

    /// <summary>Ctrl-C came before everything was done.</summary>
    Stopped,
}
