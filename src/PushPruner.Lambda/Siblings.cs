namespace PushPruner.Lambda;

/// <summary>What else is deployed beside a function, as far as it has to name it to people.</summary>
/// <param name="ReconcileFunction">The name or ARN of <c>ReconcileRepository</c>; null where nobody told.</param>
public sealed record Siblings(string? ReconcileFunction);
