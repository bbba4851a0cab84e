namespace PushPruner.Benchmarks.Starts;

/// <summary>One process from its start to its end.</summary>
/// <param name="FirstPoll">From the start to the first question for an invocation.</param>
/// <param name="FirstAnswer">From the first event to its answer.</param>
/// <param name="SecondAnswer">From the second event to its answer.</param>
/// <param name="Processor">All that it took of processors by then.</param>
/// <param name="Peak">The most memory it was resident with, in kB.</param>
sealed record OneStart(TimeSpan FirstPoll, TimeSpan FirstAnswer, TimeSpan SecondAnswer, TimeSpan Processor, int Peak);
