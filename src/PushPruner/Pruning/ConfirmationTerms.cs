using PushPruner.Jobs;

namespace PushPruner.Pruning;

/// <summary>What a confirmation decides by, beside ECR's answer.</summary>
/// <param name="Policy">The policy that decides.</param>
/// <param name="RowPolicy">The policy that pushes will query the index by. It differs if a reconcile was asked for another one.</param>
/// <param name="OverridesReadAt">When ECR was asked for the repository's overrides in these policies.</param>
/// <param name="Push">The event being handled: what it names is spared. Null on a reconcile.</param>
/// <param name="Unreadable">A manifest list of the repository that can't be read; null if there is none.</param>
sealed record ConfirmationTerms(
    RetentionPolicy Policy, RetentionPolicy RowPolicy, DateTimeOffset OverridesReadAt, ImagePush? Push, UnreadableList? Unreadable);
