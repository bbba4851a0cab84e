using PushPruner.Testing;

namespace PushPruner.Cli.Tests.Simulate;

/// <summary>Histories as files, each by itself, from any thread.</summary>
sealed class TemporaryHistories : IDisposable
{
    readonly TemporaryFolder folder = new();
    int files;

    public async Task<string> WriteAsync(IEnumerable<string> lines)
    {
        var path = folder.In($"{Interlocked.Increment(ref files)}.jsonl");
        await File.WriteAllLinesAsync(path, lines);
        return path;
    }

    public void Dispose() => folder.Dispose();
}
