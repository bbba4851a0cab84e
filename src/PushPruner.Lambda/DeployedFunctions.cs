namespace PushPruner.Lambda;

/// <summary>The other functions of the stack, as far as messages to people name them.</summary>
/// <param name="ReconcileFunction">The name or ARN of <c>ReconcileRepository</c>; null if the environment does not say.</param>
public sealed record DeployedFunctions(string? ReconcileFunction);
