using PushPruner.Jobs;

namespace PushPruner.Cli.Replay;

/// <summary>One event and what the function made of it.</summary>
/// <param name="Result">Null when the function threw; <paramref name="Error"/> says what.</param>
sealed record HandledPush(DateTimeOffset At, string? Repository, string? Tag, string? Digest, PruneResult? Result, string? Error);
