using Microsoft.Playwright;

namespace PushPruner.Cli.Tests.Report;

/// <summary>One browser for all pages; started by the first test that looks at one.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];

    readonly SemaphoreSlim one = new(1);
    IPlaywright? playwright;
    IBrowser? browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        one.Dispose();
    }

    /// <summary>Skips the test where there is no Chromium.</summary>
    public async Task<IBrowser> GetAsync()
    {
        var program = Find();
        Assert.SkipWhen(program is null, "there is no chromium: apt-get install chromium");

        await one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            playwright ??= await Playwright.CreateAsync();
            // Root, as in a container, has no sandbox to give away.
            return browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, ChromiumSandbox = false });
        }
        finally
        {
            one.Release();
        }
    }

    static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder => Programs.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
