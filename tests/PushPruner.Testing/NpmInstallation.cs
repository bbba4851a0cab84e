using System.Diagnostics;
using System.Security.Cryptography;

namespace PushPruner.Testing;

/// <summary>
/// Installs what tests need from npm by the committed lock, once for each lock, into a folder under <c>artifacts</c> whose name tells the
/// lock.
/// </summary>
public static class NpmInstallation
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="name">A folder of this project: <c>dynalite</c>, <c>jsonata</c>.</param>
    /// <returns>The folder; it holds what is committed under that name, and <c>node_modules</c>.</returns>
    public static async Task<string> EnsureAsync(string name, CancellationToken cancellationToken)
    {
        var source = Path.Combine(Checkout.Root, "tests", "PushPruner.Testing", name);
        var home = Path.Combine(Checkout.Root, "artifacts", name);
        var folder = Path.Combine(home, await NameOfAsync(source, cancellationToken));
        Directory.CreateDirectory(home);

        // Two test assemblies may start at once: one installs, the other finds it installed.
        await using var mine = await LockAsync(Path.Combine(home, ".lock"), cancellationToken);
        if (Directory.Exists(folder))
            return folder;

        var unfinished = folder + ".unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(unfinished, Path.GetFileName(file)));
        await InstallAsync(unfinished, cancellationToken);
        Directory.Move(unfinished, folder);
        return folder;
    }

    static async Task<string> NameOfAsync(string source, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(source).Order(StringComparer.Ordinal))
            hash.AppendData(await File.ReadAllBytesAsync(file, cancellationToken));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (var left = Patience; ; left -= Pause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (left > TimeSpan.Zero)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        // No install script: dynalite keeps its tables in memory here, so its native module has nothing to do, and the others have none.
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm ci in {folder} failed ({npm.ExitCode}): {await errors}{await output}");
        }
        finally
        {
            if (!npm.HasExited)
                npm.Kill(entireProcessTree: true);
        }
    }
}
