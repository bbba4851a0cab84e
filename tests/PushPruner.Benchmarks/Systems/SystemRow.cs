using PushPruner.Testing.Pushes;

namespace PushPruner.Benchmarks.Systems;

/// <summary>What one kind of work costs at one size.</summary>
/// <param name="What">The work, in words.</param>
/// <param name="Images">How many the repository holds.</param>
/// <param name="KeepNewest">N.</param>
/// <param name="Counted">The pass that asked for units: its calls and units count.</param>
/// <param name="Near">A pass without latency: its bytes count.</param>
/// <param name="AtOnce">The median time without latency.</param>
/// <param name="Far">The median time with <see cref="SystemBenchmark.Latency"/> before each call.</param>
sealed record SystemRow(string What, int Images, int KeepNewest, Cost Counted, Cost Near, TimeSpan AtOnce, TimeSpan Far);
