using System.Globalization;

namespace PushPruner.Testing.Functions;

/// <summary>The memory of a process in kB, as Linux counts it in /proc.</summary>
public sealed record MemoryOf(int Resident, int Peak)
{
    public static MemoryOf Process(int id)
    {
        var lines = File.ReadLines($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/status")
            .Select(line => line.Split((char[])[':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["VmRSS" or "VmHWM", _, "kB"])
            .ToDictionary(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));
        return new MemoryOf(lines["VmRSS"], lines["VmHWM"]);
    }
}
