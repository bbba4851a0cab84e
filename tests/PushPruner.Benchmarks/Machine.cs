using System.Globalization;
using System.Runtime.InteropServices;
using PushPruner.Benchmarks.Tables;

namespace PushPruner.Benchmarks;

/// <summary>Where and when a run was made.</summary>
static class Machine
{
    public static Section Section()
    {
        var when = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(
            "machine",
            $"Measured {when} on {Processor()}, {Environment.ProcessorCount} logical cores, {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}.\n");
    }

    static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var line = File.Exists(cpuInfo)
            ? File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null
            ? RuntimeInformation.OSArchitecture.ToString()
            : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
