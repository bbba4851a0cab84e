using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace PushPruner.Cli.Tests.Report;

/// <summary>A page that was opened, and all that it said or asked for.</summary>
sealed class BrowserPage : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly ConcurrentQueue<string> complaints = new();

    BrowserPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
    }

    public IPage Page { get; }

    public ILocator Marks(string repository) => Timeline(repository).Locator("svg.timeline .m");

    public ILocator Timeline(string repository) =>
        Page.Locator("article").Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = repository, Exact = true }) });

    public static async Task<BrowserPage> ToAsync(Chromium chromium, string file, BrowserNewContextOptions? options = null)
    {
        var browser = await chromium.GetAsync();
        var context = await browser.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var visit = new BrowserPage(context, await context.NewPageAsync());
        visit.Page.Console += (_, message) => visit.complaints.Enqueue($"{message.Type}: {message.Text}");
        visit.Page.PageError += (_, error) => visit.complaints.Enqueue($"error: {error}");
        visit.Page.Dialog += (_, dialog) => visit.complaints.Enqueue($"dialog: {dialog.Message}");
        var url = new Uri(file).ToString();
        visit.Page.Request += (_, request) =>
        {
            if (request.Url != url)
                visit.complaints.Enqueue($"request: {request.Url}");
        };
        await visit.Page.GotoAsync(url);
        return visit;
    }

    /// <summary>No error, no message, no request beside the page itself.</summary>
    public void ShouldBeQuiet() => complaints.ShouldBeEmpty();

    public Task<string> TotalAsync(string name) => Page.Locator($"[data-total={name}]").InnerTextAsync();

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
