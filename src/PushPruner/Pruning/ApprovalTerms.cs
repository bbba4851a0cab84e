namespace PushPruner.Pruning;

/// <summary>What a person approves who lets a halted run go on.</summary>
/// <param name="Count">How many images the run found expired; of a push, at least so many.</param>
/// <param name="AsOf">The instant at which they were expired.</param>
/// <param name="PolicyHash">The policy by which they were expired.</param>
public sealed record ApprovalTerms(string Repository, int Count, DateTimeOffset AsOf, string PolicyHash);
