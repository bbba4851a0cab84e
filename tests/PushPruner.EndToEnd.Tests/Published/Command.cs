using System.Diagnostics;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>A program that ran to its end: its exit code and what it wrote, output and errors in one.</summary>
sealed record Command(int ExitCode, string Output)
{
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<Command> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Command(process.ExitCode, await output + await errors);
    }
}
