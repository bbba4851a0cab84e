using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using PushPruner.Benchmarks.Tables;
using PushPruner.Testing;

namespace PushPruner.Benchmarks.Pure;

/// <summary>Runs BenchmarkDotNet over what does no I/O.</summary>
static class PureReport
{
    /// <exception cref="InvalidOperationException">
    /// A benchmark gave no result; BenchmarkDotNet's own words are on standard error.
    /// </exception>
    public static Section Run()
    {
        using var errors = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };

        // In this process: its own projects would be built beside this repository's properties, and by them.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithRuntime(CoreRuntime.Core10_0).WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(new StreamLogger(errors))
            .WithArtifactsPath(Path.Combine(Checkout.Root, "artifacts", "benchmarks"))
            .WithOptions(ConfigOptions.DisableLogFile);
        var table = new MarkdownTable(2, "what", "of", "ms", "kB allocated");
        foreach (var type in (Type[])[typeof(DecisionBenchmarks), typeof(ManifestListBenchmarks), typeof(EventBenchmarks)])
        {
            foreach (var report in BenchmarkRunner.Run(type, config).Reports)
                Add(table, report);
        }

        return new("pure", table.ToString());
    }

    static void Add(MarkdownTable table, BenchmarkReport report)
    {
        var which = report.BenchmarkCase;
        if (report.ResultStatistics is not { } statistics)
            throw new InvalidOperationException($"{which.DisplayInfo} gave no result: run it with -c Release");

        table.Add(
            which.Descriptor.WorkloadMethod.Name,
            string.Join(", ", which.Parameters.Items.Select(p => FormattableString.Invariant($"{p.Value:#,0} {p.Name}"))),
            (statistics.Median / 1e6).ToString("#,0.0000", System.Globalization.CultureInfo.InvariantCulture),
            Figure.Kilobytes(report.GcStats.GetBytesAllocatedPerOperation(which) ?? 0));
    }
}
