using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PushPruner.Testing.Functions;

/// <summary>The function's own process, as Lambda starts it: one executable, told by its environment what it is.</summary>
public sealed class FunctionProcess : IAsyncDisposable
{
    // Far more than a start takes: a bound for a test that would hang, not an expectation.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Process process;
    readonly ConcurrentQueue<string> lines = new();

    FunctionProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>As a timestamp of <see cref="TimeProvider.System"/>.</summary>
    public long StartedAt { get; private set; }

    /// <summary>Everything it wrote, line by line.</summary>
    public IReadOnlyList<string> Log => [.. lines];

    public static FunctionProcess Start(FunctionProgram program, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(environment);
        var start = new ProcessStartInfo(program.File, program.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Nothing of the developer's own AWS set-up may reach it.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var function = new FunctionProcess(new Process { StartInfo = start });
        function.process.OutputDataReceived += (_, e) => function.Keep(e.Data);
        function.process.ErrorDataReceived += (_, e) => function.Keep(e.Data);
        function.StartedAt = TimeProvider.System.GetTimestamp();
        function.process.Start();
        function.process.BeginOutputReadLine();
        function.process.BeginErrorReadLine();
        return function;
    }

    /// <summary>Asks it to end as Lambda does.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        await process.WaitForExitAsync(bound.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    void Keep(string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
