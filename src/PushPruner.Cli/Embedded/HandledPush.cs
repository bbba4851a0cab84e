using PushPruner.Jobs;

namespace PushPruner.Cli.Embedded;

/// <summary>One event and what the function made of it; or a reconcile, which has neither tag nor digest.</summary>
/// <param name="Result">Null when the function threw; <paramref name="Error"/> says what.</param>
sealed record HandledPush(DateTimeOffset At, string? Repository, string? Tag, string? Digest, PruneResult? Result, string? Error);
