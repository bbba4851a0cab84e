using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PushPruner.Cli.Tests.Report;

[Collection(InABrowser.Name)]
public sealed class OnAnyScreenTests(Chromium chromium) : IDisposable
{
    readonly Reporter reporter = new();

    public static TheoryData<ColorScheme, int> Screens =>
        new MatrixTheoryData<ColorScheme, int>([ColorScheme.Light, ColorScheme.Dark], [320, 768, 1280]);

    public void Dispose() => reporter.Dispose();

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_page_fits_its_width_and_is_accessible(ColorScheme colours, int width)
    {
        var listing = ListingFile.Of("team/app", 20)
            .HasOf("application/vnd.example", "team/app", 50, 10, "doubtful")
            .Has(
                "team/with-a-name-that-is-much-too-long/for-a-telephone-that-is-held-upright-and-then-some-more",
                400,
                1_000,
                new string('x', 300));
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(listing), Screen(colours, width));
        foreach (var more in await browser.Page.Locator("details").AllAsync())
            await more.EvaluateAsync("d => d.open = true");

        (await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(width);
        browser.ShouldBeQuiet();
        var found = await browser.Page.RunAxe();
        found.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(", ", v.Nodes.Select(n => n.Html))}").ShouldBeEmpty();
        found.Passes.Select(p => p.Id).ShouldContain("color-contrast");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(320)]
    public async Task On_a_telephone_no_cell_is_cut_and_the_money_is_seen(int width)
    {
        await using var browser = await BrowserPage.ToAsync(
            chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 20), "--max-deletes", "5"), Screen(ColorScheme.Light, width));

        foreach (var cell in await browser.Page.Locator("section > .scroll tbody th, section > .scroll tbody td:not(.bars)").AllAsync())
        {
            var box = (await cell.BoundingBoxAsync())!;
            box.X.ShouldBeGreaterThanOrEqualTo(0);
            (box.X + box.Width).ShouldBeLessThanOrEqualTo(width);
        }

        var money = browser.Page.Locator("table.repositories td", new() { HasText = "$1.00" });
        (await money.IsVisibleAsync()).ShouldBeTrue();
        (await money.EvaluateAsync<string>("c => getComputedStyle(c, '::before').content")).ShouldContain("Saves a month");
        (await browser.Page.Locator("table.repositories thead").EvaluateAsync<string>("h => getComputedStyle(h).clipPath")).ShouldBe(
            "inset(50%)");
    }

    [Fact]
    public async Task Dark_and_light_are_what_the_reader_prefers()
    {
        var page = await reporter.PageOfAsync(ListingFile.Of("team/app", 20));
        await using var light = await BrowserPage.ToAsync(chromium, page, Screen(ColorScheme.Light, 1280));
        await using var dark = await BrowserPage.ToAsync(chromium, page, Screen(ColorScheme.Dark, 1280));

        (await PaperAsync(light)).ShouldBe("rgb(255, 255, 255)");
        (await PaperAsync(dark)).ShouldNotBe("rgb(255, 255, 255)");

        static Task<string> PaperAsync(BrowserPage browser) =>
            browser.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
    }

    [Fact]
    public async Task What_goes_and_what_stays_differ_in_shape_and_not_in_colour_alone()
    {
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 20)));

        var kept = browser.Timeline("team/app").Locator("svg.timeline .m.k").First;
        var gone = browser.Timeline("team/app").Locator("svg.timeline .m.e").First;

        (await kept.EvaluateAsync<string>("m => m.tagName")).ShouldBe("circle");
        (await gone.EvaluateAsync<string>("m => m.tagName")).ShouldBe("rect");
        // A square of 6.5 on its corner.
        (await gone.BoundingBoxAsync())!.Width.ShouldBe(9.2f, 2.5f);
    }

    [Fact]
    public async Task Everything_is_there_without_scripts()
    {
        var options = Screen(ColorScheme.Light, 1280);
        options.JavaScriptEnabled = false;
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 20)), options);

        (await browser.TotalAsync("freed")).ShouldBe("≤ 10 GB");
        (await browser.Page.Locator("svg.chart").BoundingBoxAsync())!.Height.ShouldBeGreaterThan(200);
        (await browser.Marks("team/app").CountAsync()).ShouldBe(20);
        (await browser.Page.Locator(".hint, .caption").And(browser.Page.Locator(":visible")).CountAsync()).ShouldBe(0);
        await browser.Timeline("team/app").Locator("summary").ClickAsync();
        (await browser.Timeline("team/app").Locator("tbody tr").First.InnerTextAsync()).ShouldBe(
            "v20\t2025-11-13 12:00\t1 GB\tto delete\trank 19, 200.0 days old");
        browser.ShouldBeQuiet();
    }

    [Fact]
    public async Task On_paper_nothing_is_cut_off()
    {
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 20)));

        await browser.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var pdf = await browser.Page.PdfAsync();

        pdf.Length.ShouldBeGreaterThan(10_000);
        (await browser.Page.Locator(".scroll").First.EvaluateAsync<string>("s => getComputedStyle(s).overflowX")).ShouldBe("visible");
    }

    static BrowserNewContextOptions Screen(ColorScheme colours, int width) =>
        new()
        {
            ColorScheme = colours, ViewportSize = new() { Width = width, Height = 800 },
        };
}
