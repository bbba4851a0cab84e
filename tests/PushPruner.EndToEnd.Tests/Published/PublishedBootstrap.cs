using System.ComponentModel;
using System.Runtime.InteropServices;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>
/// What is deployed, made as <c>sam build</c> makes it: by the Makefile, in a copy of the sources elsewhere, into a folder of its own. That
/// takes a minute, so it is made once for all tests, and kept under <c>artifacts</c> until the sources change.
/// </summary>
public sealed class PublishedBootstrap : IAsyncLifetime
{
    static readonly string Home = Path.Combine(Checkout.Root, "artifacts", "published");

    string? folder;
    string whyNone = "";

    /// <summary>What ARTIFACTS_DIR was: all that is deployed.</summary>
    public string Folder
    {
        get
        {
            Assert.SkipWhen(folder is null, whyNone);
            return folder!;
        }
    }

    public string File => Path.Combine(Folder, "bootstrap");

    public FunctionProgram Program => new(File, []);

    public async ValueTask InitializeAsync()
    {
        if (await WhyNoneAsync() is { } why)
            whyNone = why;
        else
            folder = await EnsureAsync(await Sources.OfCheckoutAsync());
    }

    public ValueTask DisposeAsync() => default;

    static async Task<string?> WhyNoneAsync()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            return "a bootstrap for x86_64 is built and run on Linux for x86_64";
        if (!Path.Exists(Path.Combine(Checkout.Root, ".git")))
            return "this is no git checkout: which files a clone would hold can't be told";

        try
        {
            var tools = await Command.RunAsync(Checkout.Root, "make", "tools", "ARCH=x86_64");
            return tools.ExitCode == 0 ? null : tools.Output;
        }
        catch (Win32Exception)
        {
            return "make is missing";
        }
    }

    static async Task<string> EnsureAsync(Sources sources)
    {
        var made = Path.Combine(Home, sources.Version);
        if (Directory.Exists(made))
            return made;

        if (Directory.Exists(Home))
            Directory.Delete(Home, recursive: true);
        var unfinished = $"{made}.unfinished";
        var copy = Directory.CreateTempSubdirectory("pushpruner-").FullName;
        try
        {
            sources.CopyTo(copy);
            var make = await Command.RunAsync(copy, "make", "build-OnImagePushed", $"ARTIFACTS_DIR={unfinished}", "ARCH=x86_64");
            if (make.ExitCode != 0)
                throw new InvalidOperationException($"make build-OnImagePushed failed ({make.ExitCode}):\n{make.Output}");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }

        Directory.Move(unfinished, made);
        return made;
    }
}
