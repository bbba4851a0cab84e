using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PushPruner.Cli.Tests.Report;

namespace PushPruner.Cli.Tests.Simulate;

[Collection(InABrowser.Name)]
public sealed class ThePageTests(Chromium chromium) : IDisposable
{
    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task The_page_has_the_numbers_of_the_document_fits_its_width_and_is_accessible(ColorScheme colours, int width)
    {
        string[] asked = ["simulate", "--from", Reporter.Sample(), "--at", ListingFile.At, "--policy", "5/14", "--policy", "20/90"];
        var document = (await Reporter.RunAsync([.. asked, "--json"])).Json;
        (await Reporter.RunAsync([.. asked, "--html", reporter.In("page.html")])).ExitCode.ShouldBe(0);

        await using var page = await BrowserPage.ToAsync(
            chromium,
            reporter.In("page.html"),
            new()
            {
                ColorScheme = colours, ViewportSize = new() { Width = width, Height = 900 },
            });

        var rows = await page.Page.Locator("section[aria-labelledby=policies] tbody tr").AllAsync();
        var policies = document["policies"]!.AsArray();
        rows.Count.ShouldBe(policies.Count);
        foreach (var (row, policy) in rows.Zip(policies))
        {
            (await row.Locator("th, td").AllInnerTextsAsync())
                .Take(2)
                .ShouldBe([
                    policy!["policy"]!.GetValue<string>(),
                    policy["images"]!.GetValue<int>().ToString(CultureInfo.InvariantCulture),
                ]);
        }

        (await page.Page.Locator(".result").InnerTextAsync()).ShouldBe(
            "Newest 10 and 30 days would have cost up to $3.36 instead of up to $4.85 since April 2025.");
        (await page.Page.Locator("svg.chart text:not(.tick), svg.chart .direct").CountAsync()).ShouldBe(0, "no label lies on a line");
        (await page.Page.Locator("svg.chart path.line").CountAsync()).ShouldBe(policies.Count);
        (await page.Page.Locator("section[aria-labelledby=months] tbody tr").CountAsync()).ShouldBe(
            policies[0]!["months"]!.AsArray().Count);
        (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(width);
        page.ShouldBeQuiet();
        (await page.Page.RunAxe())
            .Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(", ", v.Nodes.Select(n => n.Html))}")
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repository_that_could_not_be_looked_at_is_on_the_page()
    {
        var saved = reporter.In("listing.json");
        await File.WriteAllTextAsync(saved, ListingFile.Of("team/app", 20).ToString(), TestContext.Current.CancellationToken);

        var result = await Reporter.RunAsync(
            "simulate",
            "nosuch",
            "team/app",
            "--at",
            ListingFile.At,
            "--html",
            reporter.In("page.html"),
            "--from",
            saved);

        result.ExitCode.ShouldBe(1);
        await using var page = await BrowserPage.ToAsync(chromium, reporter.In("page.html"));
        (await page.Page.Locator(".trouble li").AllInnerTextsAsync()).Single().ShouldStartWith("nosuch: there is no repository nosuch");
        page.ShouldBeQuiet();
    }
}
