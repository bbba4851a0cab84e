namespace PushPruner.Cli.Tests.Report;

[Collection(InABrowser.Name)]
public sealed class LargeRegistriesTests(Chromium chromium) : IDisposable
{
    const int MostBytes = 3_000_000;

    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    [Fact]
    public async Task A_hundred_thousand_images_are_drawn_together_and_the_page_stays_light()
    {
        var listing = new ListingFile();
        for (var repository = 0; repository < 300; repository++)
        {
            for (var n = 0; n < (repository < 10 ? 5_000 : 172); n++)
                listing.Has($"team/app-{repository}", 1 + (n * 0.13), 1_000_000, $"v{n}");
        }

        var page = await reporter.PageOfAsync(listing);
        await using var browser = await BrowserPage.ToAsync(chromium, page);

        new FileInfo(page).Length.ShouldBeLessThan(MostBytes);
        (await browser.Page.Locator("article").CountAsync()).ShouldBe(24);
        (await browser.Page.Locator("section", new() { HasText = "Every image, and why" }).InnerTextAsync()).ShouldContain(
            "Shown are the 24 repositories that free the most; 276 more aren't drawn.");
        var counted = await browser.Timeline("team/app-0").Locator("tbody tr th").AllTextContentsAsync();
        counted
            .Sum(name =>
                name.EndsWith(" images", StringComparison.Ordinal)
                    ? int.Parse(
                        name.Split(' ')[0], System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture)
                    : 1)
            .ShouldBe(5_000);
        (await browser.Marks("team/app-0").CountAsync()).ShouldBe(counted.Count);
        (await browser.Page.Locator("table.repositories").First.Locator("tbody tr").CountAsync()).ShouldBe(50);
        (await browser.Page.GetByText("The other 250 repositories").CountAsync()).ShouldBe(1);
        browser.ShouldBeQuiet();
    }

    [Fact]
    public async Task Of_ten_thousand_repositories_those_that_free_the_least_are_left_out_and_counted()
    {
        var listing = new ListingFile();
        for (var repository = 0; repository < 10_000; repository++)
            listing.Has($"team/app-{repository}", 100, 1_000_000, "v1");

        var page = await reporter.PageOfAsync(listing);
        await using var browser = await BrowserPage.ToAsync(chromium, page);

        new FileInfo(page).Length.ShouldBeLessThan(MostBytes);
        (await browser.Page.Locator("table.repositories tbody tr").CountAsync()).ShouldBe(1_050);
        (await browser.Page.Locator("details p").TextContentAsync()).ShouldBe(
            "8,950 repositories that free the least (together 0 B) are left out here: pushpruner plan --csv has all of them.");
        browser.ShouldBeQuiet();
    }
}
