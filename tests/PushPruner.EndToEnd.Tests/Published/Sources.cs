using System.Security.Cryptography;
using System.Text;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>What a fresh clone would hold: the files of the checkout that git doesn't ignore, as they are now.</summary>
sealed class Sources
{
    readonly IReadOnlyList<string> files;

    Sources(IReadOnlyList<string> files, string version)
    {
        this.files = files;
        Version = version;
    }

    /// <summary>Another one when what the bootstrap is made from has changed.</summary>
    public string Version { get; }

    public static async Task<Sources> OfCheckoutAsync()
    {
        // Whoever owns the files: a build often runs as another user than the one that cloned.
        var git = await Command.RunAsync(
            Checkout.Root,
            "git",
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard");
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"git ls-files failed ({git.ExitCode}): {git.Output}");

        var files = git.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Path.Combine(Checkout.Root, file)))
            .Order(StringComparer.Ordinal)
            .ToList();
        return new Sources(files, await VersionOfAsync(files.Where(MakesTheBootstrap)));
    }

    public void CopyTo(string folder)
    {
        foreach (var file in files)
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Checkout.Root, file), target);
        }
    }

    static bool MakesTheBootstrap(string file) =>
        !file.Contains('/', StringComparison.Ordinal)
        || file.StartsWith("src/", StringComparison.Ordinal)
        || file.StartsWith("eng/", StringComparison.Ordinal);

    static async Task<string> VersionOfAsync(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file}\n"));
            hash.AppendData(await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
