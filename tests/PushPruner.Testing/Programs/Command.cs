using System.ComponentModel;
using System.Diagnostics;

namespace PushPruner.Testing.Programs;

/// <summary>A program of this machine, with nothing of its AWS set-up.</summary>
sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>Null when there is no such program.</summary>
    public static Task<Command?> RunAsync(
        string program,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment) => RunWithInputAsync(program, arguments, "", environment);

    /// <summary>With a text on its standard input; null when there is no such program.</summary>
    public static async Task<Command?> RunWithInputAsync(
        string program, IEnumerable<string> arguments, string input, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), TestContext.Current.CancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Command(process.ExitCode, await output, await error);
        }
    }
}
