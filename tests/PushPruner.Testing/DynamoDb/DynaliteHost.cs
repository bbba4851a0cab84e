using System.ComponentModel;
using System.Diagnostics;

namespace PushPruner.Testing.DynamoDb;

/// <summary>dynalite in a process of its own, which ends when its standard input does: with this process at the latest.</summary>
sealed class DynaliteHost : IDynamoDbHost
{
    readonly Process process;

    DynaliteHost(Process process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Null when there is no npm or no node.</summary>
    public static async Task<DynaliteHost?> TryStartAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(await NpmInstallation.EnsureAsync("dynalite", cancellationToken), cancellationToken);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static async Task<DynaliteHost> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", ["serve.js"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var node = Process.Start(start)!;
        if (await node.StandardOutput.ReadLineAsync(cancellationToken) is { } url)
            return new DynaliteHost(node, new Uri(url));

        await node.WaitForExitAsync(cancellationToken);
        var code = node.ExitCode;
        node.Dispose();
        throw new InvalidOperationException($"dynalite in {folder} ended at once ({code}); its words are on standard error");
    }
}
