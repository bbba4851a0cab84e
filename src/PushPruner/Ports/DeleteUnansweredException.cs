namespace PushPruner.Ports;

/// <summary>
/// ECR throttled a delete, or its answer was lost: the images may be deleted or not, and CI may have pushed them again since. The call is
/// never repeated as it was; the images are confirmed again first.
/// </summary>
public sealed class DeleteUnansweredException(string repository, Exception inner)
    : Exception($"ECR did not answer a delete in {repository}: {inner.Message}", inner);
