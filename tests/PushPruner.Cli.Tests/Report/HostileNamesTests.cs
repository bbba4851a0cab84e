namespace PushPruner.Cli.Tests.Report;

/// <summary>Anybody who may push may name things, and anybody may have made the file: none of it may become a part of the page.</summary>
[Collection(InABrowser.Name)]
public sealed class HostileNamesTests(Chromium chromium) : IDisposable
{
    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    [Theory]
    [InlineData("<script>document.title='owned'</script>")]
    [InlineData("</script><script>document.title='owned'</script>")]
    [InlineData("</style><img src=x onerror=\"document.title='owned'\">")]
    [InlineData("\" onfocus=\"document.title='owned'\" x=\"")]
    [InlineData("' onmouseover='document.title=1' x='")]
    [InlineData("</text></svg><svg onload=document.title='owned'>")]
    [InlineData("<!--")]
    [InlineData("&lt;b&gt;&amp;&#60;")]
    [InlineData("]]><a href=javascript:alert(1)>x</a>")]
    [InlineData("${document.title='owned'}")]
    public async Task A_tag_is_shown_as_it_is_and_does_nothing(string tag)
    {
        await using var browser = await VisitAsync(ListingFile.Of("team/app", 12).Has("team/app", 300, 5, tag));

        await browser.Marks("team/app").First.HoverAsync();

        (await browser.Timeline("team/app").Locator(".caption strong").InnerTextAsync()).ShouldBe(tag);
        (await browser.Timeline("team/app").Locator("tbody tr th").First.TextContentAsync()).ShouldBe(tag);
        await ShouldBeWholeAsync(browser);
    }

    [Theory]
    [InlineData("\u202etxt.exe", "\ufffdtxt.exe")]
    [InlineData("a\u2066b\u2069", "a\ufffdb\ufffd")]
    [InlineData("a\u0000b\u001b[2J", "a\ufffdb\ufffd[2J")]
    [InlineData("a\u2028b\u2029c\r\nd", "a b c d")]
    public async Task What_turns_the_writing_or_breaks_the_line_is_taken_out(string tag, string shown)
    {
        await using var browser = await VisitAsync(ListingFile.Of("team/app", 12).Has("team/app", 300, 5, tag));

        (await browser.Timeline("team/app").Locator("tbody tr th").First.TextContentAsync()).ShouldBe(shown);
        await ShouldBeWholeAsync(browser);
    }

    [Fact]
    public async Task A_protecting_pattern_and_reasons_that_quote_a_tag_or_a_media_type_are_printed_as_text()
    {
        const string script = "<script>document.title='owned'</script>";
        var listing = ListingFile
            .Of("team/app", 12)
            .Has("team/app", 300, 5, script)
            .HasOf($"application/{script}", "team/app", 310, 5, "odd");
        await using var browser = await VisitAsync(listing, "--protect-tags", "*script*");

        var why = await browser.Timeline("team/app").Locator("tbody tr td:last-child").AllTextContentsAsync();

        why[0].ShouldBe($"in doubt: its media type application/{script} is unknown");
        why[1].ShouldBe($"tag {script} matches *script*");
        (await browser.Page.Locator(".policy").InnerTextAsync()).ShouldContain("(*script*)");
        (await browser.Page.Locator("#doubts ~ .scroll tbody td").Last.TextContentAsync()).ShouldBe(why[0]);
        await ShouldBeWholeAsync(browser);
    }

    [Fact]
    public async Task An_endless_tag_is_cut_and_a_thousand_tags_are_counted()
    {
        var listing = ListingFile.Of("team/app", 12)
            .Has("team/app", 300, 5, new string('<', 1_000_000))
            .Has("team/app", 290, 5, [.. Enumerable.Range(1, 1_000).Select(n => $"t{n}")]);
        var page = await reporter.PageOfAsync(listing);
        await using var browser = await BrowserPage.ToAsync(chromium, page);

        var names = await browser.Timeline("team/app").Locator("tbody tr th").AllTextContentsAsync();

        names[0].ShouldBe($"{new string('<', 160)}…");
        names[1].ShouldBe("t1, t2, t3 and 997 more");
        new FileInfo(page).Length.ShouldBeLessThan(100_000);
        await ShouldBeWholeAsync(browser);
    }

    async Task<BrowserPage> VisitAsync(ListingFile listing, params string[] args) =>
        await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(listing, args));

    static async Task ShouldBeWholeAsync(BrowserPage browser)
    {
        (await browser.Page.TitleAsync()).ShouldBe("PushPruner: what the policy would free");
        (await browser.Page.Locator("script, style").CountAsync()).ShouldBe(2);
        (await browser.Page.Locator("img, a:not(.skip), iframe, [onload], [onerror], [onfocus], [onmouseover]").CountAsync()).ShouldBe(0);
        (await browser.Page.Locator("#notes").CountAsync()).ShouldBe(1);
        browser.ShouldBeQuiet();
    }
}
