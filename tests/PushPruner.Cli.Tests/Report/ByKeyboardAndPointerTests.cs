namespace PushPruner.Cli.Tests.Report;

[Collection(InABrowser.Name)]
public sealed class ByKeyboardAndPointerTests(Chromium chromium) : IDisposable
{
    const string Oldest = "v20 to delete: rank 19, 200.0 days old; pushed 2025-11-13 12:00 UTC, 1 GB";
    const string Newest = "v1 kept: rank 0 of 10; pushed 2026-05-22 12:00 UTC, 1 GB";

    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    [Fact]
    public async Task A_timeline_is_one_stop_and_its_arrows_go_from_image_to_image()
    {
        await using var browser = await VisitAsync();
        var stops = browser.Timeline("team/app").Locator("svg.timeline [tabindex='0']");
        (await stops.CountAsync()).ShouldBe(1);
        (await stops.GetAttributeAsync("aria-label")).ShouldBe(Newest);

        await stops.FocusAsync();
        (await CaptionAsync(browser)).ShouldBe(Newest);
        await browser.Page.Keyboard.PressAsync("ArrowLeft");
        (await CaptionAsync(browser)).ShouldStartWith("v2 kept: rank 1 of 10");
        await browser.Page.Keyboard.PressAsync("Home");
        (await CaptionAsync(browser)).ShouldBe(Oldest);
        await browser.Page.Keyboard.PressAsync("ArrowLeft");
        (await CaptionAsync(browser)).ShouldBe(Oldest);
        await browser.Page.Keyboard.PressAsync("ArrowRight");
        (await CaptionAsync(browser)).ShouldStartWith("v19 to delete");
        await browser.Page.Keyboard.PressAsync("End");
        (await CaptionAsync(browser)).ShouldBe(Newest);

        (await stops.CountAsync()).ShouldBe(1);
        (await browser.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')")).ShouldBe(Newest);
        browser.ShouldBeQuiet();
    }

    [Fact]
    public async Task Tab_goes_on_to_what_follows_the_timeline()
    {
        await using var browser = await VisitAsync();
        await browser.Timeline("team/app").Locator("svg.timeline [tabindex='0']").FocusAsync();

        await browser.Page.Keyboard.PressAsync("Tab");

        (await browser.Page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("The images as a table");
    }

    [Fact]
    public async Task Enter_pins_an_image_and_escape_lets_it_go()
    {
        await using var browser = await VisitAsync();
        await browser.Timeline("team/app").Locator("svg.timeline [tabindex='0']").FocusAsync();

        await browser.Page.Keyboard.PressAsync("Enter");
        (await CaptionAsync(browser)).ShouldBe($"{Newest} (pinned)");
        (await browser.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-pressed')")).ShouldBe("true");
        await browser.Marks("team/app").First.HoverAsync();
        (await CaptionAsync(browser)).ShouldBe($"{Newest} (pinned)");
        await browser.Page.Keyboard.PressAsync("Escape");
        (await CaptionAsync(browser)).ShouldBe(Newest);
        (await browser.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-pressed')")).ShouldBe("false");
    }

    [Fact]
    public async Task Pointing_at_a_mark_or_near_it_tells_its_reason()
    {
        await using var browser = await VisitAsync();

        await browser.Marks("team/app").First.HoverAsync();

        (await CaptionAsync(browser)).ShouldBe(Oldest);
        var box = (await browser.Marks("team/app").First.BoundingBoxAsync())!;
        await browser.Page.Mouse.MoveAsync(box.X + 12, box.Y - 10);
        (await CaptionAsync(browser)).ShouldBe(Oldest);
    }

    [Fact]
    public async Task The_chart_of_storage_tells_a_day()
    {
        await using var browser = await VisitAsync();
        await browser.Page.Locator("svg.chart [tabindex='0']").FocusAsync();

        var caption = browser.Page.Locator("#storage ~ .plot .caption");

        (await caption.InnerTextAsync()).ShouldBe("2026-06-01 As it is 20 GB ($2.00 a month); With this policy 10 GB ($1.00 a month)");
        await browser.Page.Keyboard.PressAsync("Home");
        (await caption.InnerTextAsync()).ShouldBe("2025-11-13 As it is 1 GB ($0.10 a month); With this policy 1 GB ($0.10 a month)");
    }

    [Fact]
    public async Task The_first_stop_of_the_page_skips_to_its_content()
    {
        await using var browser = await VisitAsync();

        await browser.Page.Keyboard.PressAsync("Tab");
        await browser.Page.Keyboard.PressAsync("Enter");

        (await browser.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("main");
        browser.ShouldBeQuiet();
    }

    async Task<BrowserPage> VisitAsync() => await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 20)));

    static Task<string> CaptionAsync(BrowserPage browser) => browser.Timeline("team/app").Locator(".caption").InnerTextAsync();
}
