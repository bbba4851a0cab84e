namespace PushPruner.Cli.Plan.InUse;

/// <summary>What somebody says is in use.</summary>
/// <param name="References">Each once.</param>
/// <param name="NotUnderstood">Where something else stood: "running.txt, line 3: IMAGE".</param>
sealed record InUseList(IReadOnlyList<Reference> References, IReadOnlyList<string> NotUnderstood);
