namespace PushPruner.Tests.Model;

/// <summary>One safety step of the reconcile left out.</summary>
enum ReconcileDefect : byte
{
    None,
    DeletesAlthoughDry,
    ReportsWhatIsProtected,
    HasNoBreaker,
    ConfirmsOnlyTheFirstBatch,
    ConfirmIgnoresAge,
    FilesRowsUnconditionally,
    EndsAfterTheFirstBatch,
    RemovesNoRows,
}
