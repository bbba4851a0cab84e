namespace PushPruner.Jobs;

/// <summary>Receives how far a reconcile has come, to show it to a person who waits.</summary>
public interface IReconcileProgress
{
    /// <param name="manifests">Listed so far.</param>
    void Listed(int manifests);

    /// <param name="read">Indexes read so far.</param>
    /// <param name="of">Those to be read.</param>
    void ReadIndexes(int read, int of);

    /// <param name="deleted">Manifests deleted so far.</param>
    /// <param name="of">Those that are to go.</param>
    void Deleted(int deleted, int of);
}
