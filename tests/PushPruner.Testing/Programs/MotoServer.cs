using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PushPruner.Testing.Programs;

/// <summary>Another emulator of ECR, for a second opinion. It ends with this process, however this one ends.</summary>
sealed partial class MotoServer : IAsyncDisposable
{
    internal const string Missing = "moto_server, aws or sh is not on the PATH";

    readonly Process process;

    MotoServer(Process process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    internal static bool IsInstalled { get; } = new[] { "moto_server", "aws", "sh" }.All(AwsCli.IsOnPath);

    internal Uri Url { get; }

    internal static async Task<MotoServer> StartAsync()
    {
        // The shell waits for its input to end, which it does when this process ends, and takes the server with it.
        var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "moto_server -H 127.0.0.1 -p 0 & read -r _; kill $!; wait"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        while (await shell.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Running().Match(line) is { Success: true } match)
            {
                // It writes a line for each request; nobody reads them, but somebody must.
                _ = shell.StandardError.ReadToEndAsync();
                _ = shell.StandardOutput.ReadToEndAsync();
                return new(shell, new(match.Value));
            }
        }

        throw new InvalidOperationException("moto_server ended before it said where it listens.");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Running();
}
